"""The address in a QR code: what is left for anybody, the counter for people of a host, nothing for guesses."""

import logging
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.passes.enums import Channel
from pourtous.passes.models import Redemption
from pourtous.passes.rules.codes import new_pass_code
from pourtous.ui.logs import Masked
from tests.accounts.factories import MembershipFactory, someone
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, pass_of, session_of, world
from tests.passes.reading import known_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """A campaign with one book handed over, its holder registered for a session."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = world()
    given = handed(made)
    coming = session_of(made.session.course, now=NOW + timedelta(days=4))
    RegistrationFactory(session=coming, person=given.person)
    return made


def page_of(token):
    return reverse("pass-page", args=(token,))


def without_address(page):
    """The page, but for its own address, which the choice of a language repeats."""
    return re.sub(rb'value="/p/[^"]*"', b"", page.content)


def test_anybody_reads_what_is_left_until_when_and_the_next_session(client, made):
    token = known_codes(made)[1].token
    page = client.get(page_of(token))
    text = page.content.decode()
    assert "Il vous reste 10 pass" in text
    assert "vendredi 5 juin" in text
    person = made.campaign.hand_overs.get().person
    assert person.last_name not in text
    assert person.first_name not in text
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert client.post(page_of(token)).status_code == 405
    assert not Redemption.objects.exists()


def test_unknown_tokens_and_books_not_handed_over_answer_alike(client, made):
    waiting = known_codes(made, 2)[1].token
    typed = known_codes(made)[1].code
    pages = [client.get(page_of(token)) for token in (waiting, "x" * 22, "x", "é", "A" * 4000, typed)]
    assert {page.status_code for page in pages} == {404}
    assert len({without_address(page) for page in pages}) == 1


def test_people_of_a_host_take_the_pass_in_two_taps(client, made):
    token = known_codes(made)[1].token
    client.force_login(MembershipFactory(unit=made.host).user)
    page = client.get(page_of(token))
    assert page.context["today"] == [made.session]
    form = {"code": token, "key": page.context["key"], "channel": "camera"}
    client.post(reverse("counter-session", args=(made.session.code,)), form)
    one = Redemption.objects.get()
    assert (one.taken, one.channel) == (pass_of(made), Channel.CAMERA)
    assert client.get(page_of(token)).context["chosen"] == made.session  # remembered


def test_other_professionals_see_what_anybody_sees(client, made):
    token = known_codes(made)[1].token
    for user in (someone("host"), someone("prescriber"), someone("steering")):
        client.force_login(user)
        assert "passes/pass_page.html" in [one.name for one in client.get(page_of(token)).templates]


def test_many_guesses_make_a_network_wait_good_codes_too(client, made, settings):
    settings.PASS_GUESSES = {"per_network": 2, "per_account": 20}
    token = known_codes(made)[1].token
    for _guess in range(2):
        assert client.get(page_of("x" * 22)).status_code == 404
    alike = [client.get(page_of(one)) for one in (token, "x" * 22)]
    assert [page.status_code for page in alike] == [429, 429]
    assert without_address(alike[0]) == without_address(alike[1])


def test_a_token_is_masked_in_the_log(settings):
    line = logging.LogRecord("django", logging.WARNING, "", 1, "Not Found: %s", ("/p/abcDEF123_-/",), None)
    assert Masked().format(line) == "Not Found: /p/…/"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "masked"


def test_the_code_typed_shows_the_same_as_the_address(client, made):
    codes = known_codes(made)[1]
    mine = reverse("my-book")
    assert client.get(mine).status_code == 200
    typed = f" {codes.code[:4].lower()}-{codes.code[4:8]} {codes.code[8:]} ".replace("0", "o")
    page = client.post(mine, {"code": typed})
    assert "Il vous reste 10 pass" in page.content.decode()
    assert codes.code not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"
    for wrong in ("", "x" * 4000, "\0", codes.token, known_codes(made, 2)[1].code):
        answer = client.post(mine, {"code": wrong})
        assert answer.status_code == 422
        assert "Il vous reste" not in answer.content.decode()


def test_codes_typed_are_not_guessed(client, made, settings):
    settings.PASS_GUESSES = {"per_network": 3, "per_account": 3}
    for _ in range(3):
        assert client.post(reverse("my-book"), {"code": new_pass_code()}).status_code == 422
    assert client.post(reverse("my-book"), {"code": known_codes(made)[1].code}).status_code == 429
