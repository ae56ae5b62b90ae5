"""Taking passes at a counter: who may, what is answered, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Role
from pourtous.agenda.models import Registration
from pourtous.kernel import clock
from pourtous.passes.enums import Channel, DisputeState, PassState, RedemptionState, Refusal
from pourtous.passes.models import Dispute, Pass, Redemption, RefusedTry
from pourtous.passes.operations.redeem import Reader, redeem
from pourtous.passes.queries import proof
from pourtous.passes.rules.codes import written
from tests.accounts.factories import MembershipFactory, someone
from tests.passes.factories import NOW, handed, pass_of, session_of, world
from tests.passes.reading import known_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_nine(monkeypatch):
    """It is NOW."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def made(at_nine):
    """A campaign with one book handed over; its codes are known."""
    made = world()
    handed(made)
    return made


@pytest.fixture
def codes(made):
    """Code and token of each pass of the first book, by position."""
    return known_codes(made)


def member(made, role=Role.MEMBER):
    return MembershipFactory(unit=made.host, role=role).user


@pytest.fixture
def counter(client, made):
    """The browser of somebody at the host's counter."""
    client.force_login(member(made))
    return client


def page_of(made, session=None):
    return reverse("counter-session", args=((session or made.session).code,))


def show(client, made, text, key="k1", *, session=None, **more):
    return client.post(page_of(made, session), {"code": text, "key": key, **more}, follow=True)


def test_sessions_of_today_then_those_of_stubs(counter, made):
    session_of(made.session.course, now=NOW - timedelta(days=3))
    session_of(made.session.course, now=NOW - timedelta(days=40))
    session_of(made.session.course, now=NOW + timedelta(days=3))
    page = counter.get(reverse("counter-choose"))
    assert [one for one, _url in page.context["today"]] == [made.session]
    assert len(page.context["recent"]) == 1
    chosen = counter.post(reverse("counter-choose"), {"seance": made.session.code})
    assert chosen.headers["Location"] == page_of(made)


def test_owner_colleague_and_stranger(client, made):
    colleague = MembershipFactory(unit__organisation=made.host.organisation, unit__capabilities=("host",)).user
    client.force_login(member(made))
    assert client.get(page_of(made)).status_code == 200
    for who in (colleague, someone("host"), someone("prescriber")):
        client.force_login(who)
        assert client.get(page_of(made)).status_code == 404
        assert client.post(page_of(made), {"code": "X", "key": "k"}).status_code == 404
    client.logout()
    assert client.get(page_of(made)).status_code == 302


def test_a_typed_code_is_taken_and_the_answer_says_what_is_left(counter, made, codes):
    page = show(counter, made, written(codes[1].code).lower())
    text = page.content.decode()
    assert page.redirect_chain
    assert "Pass accepté" in text
    assert "9 pass" in text
    assert "26-000001-01" in text
    taken = Redemption.objects.get()
    assert (taken.channel, taken.session) == (Channel.TYPED, made.session)
    assert Registration.objects.get(session=made.session).state == "attended"
    assert list(proof.faults()) == []
    assert "10,00" in counter.get(page_of(made)).content.decode()


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda code: code.replace("0", "O").replace("1", "I"), lambda c: f" {c} "]
)
def test_what_people_mistype_is_put_straight(counter, made, codes, spoil):
    show(counter, made, spoil(codes[1].code))
    assert Redemption.objects.count() == 1


def test_what_a_scanner_sends_is_taken(counter, made, codes):
    show(counter, made, f"http://localhost:8000/p/{codes[1].token}")
    assert Redemption.objects.get().channel == Channel.SCANNER


@pytest.mark.parametrize(
    "text",
    [
        "https://ailleurs.example/p/{token}",
        "{token}x",
        "A" * 4000,
        "https://localhost:8000/q/{token}",
        "0",
        "éé",
        "'--",
    ],
)
def test_what_is_not_ours_is_refused_in_words(counter, made, codes, text):
    page = show(counter, made, text.format(token=codes[1].token))
    assert page.status_code == 200
    assert page.context["why"] == Refusal.UNKNOWN
    assert RefusedTry.objects.get().shown is None
    assert not Redemption.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "A\0B", "\0"])
def test_nothing_and_unreadable_signs_are_answered_beside_the_field(counter, made, text):
    page = counter.post(page_of(made), {"code": text, "key": "k"})
    assert page.status_code == 200
    assert page.context["form"].errors["code"]


def test_sent_twice_and_reloaded_it_is_one_pass(counter, made, codes):
    first = show(counter, made, codes[1].code)
    again = show(counter, made, codes[1].code)
    assert first.redirect_chain == again.redirect_chain
    assert counter.get(first.redirect_chain[-1][0]).status_code == 200
    assert Redemption.objects.count() == 1
    assert not RefusedTry.objects.exists()


def test_who_goes_back_and_reads_another_pass_is_heard(counter, made, codes):
    show(counter, made, codes[1].code)
    page = show(counter, made, codes[2].code)
    assert page.context["why"] == Refusal.SESSION_PAID


def test_a_used_pass_says_where_and_when(counter, made, codes):
    show(counter, made, codes[1].code)
    other = session_of(made.session.course)
    page = show(counter, made, codes[1].code, key="k2", session=other)
    text = page.content.decode()
    assert page.context["why"] == Refusal.ALREADY_USED
    assert "lundi 1er juin" in text
    assert "Ici" in text
    assert "Demandez un autre pass" in text


def test_a_pass_used_in_a_later_session_is_a_stub_and_a_late_double_a_dispute(counter, made, codes, monkeypatch):
    show(counter, made, codes[1].code)
    other = session_of(made.session.course)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=2))
    counter.force_login(member(made))
    page = show(counter, made, codes[1].code, key="k2", session=other)
    assert page.context["asks"]
    assert Dispute.objects.get().state == DisputeState.OPEN
    later = show(counter, made, codes[1].code, key="k3")
    assert later.context["why"] == Refusal.DISPUTED
    assert show(counter, made, codes[2].code, key="k4", session=other).context["one"].channel == Channel.STUB


def test_passes_are_not_taken_before_the_day(counter, made, codes):
    later = session_of(made.session.course, now=NOW + timedelta(days=2))
    page = show(counter, made, codes[1].code, session=later)
    assert page.context["form"].non_field_errors()
    assert not Redemption.objects.exists()


def test_who_took_it_undoes_it_a_colleague_does_not(client, counter, made, codes, monkeypatch):
    show(counter, made, codes[1].code)
    one = Redemption.objects.get()
    address = reverse("counter-undo", args=(made.session.code, one.pk))
    assert counter.get(address).status_code == 405
    other = member(made)
    client.force_login(other)
    client.post(address)
    one.refresh_from_db()
    assert one.state == RedemptionState.ACCEPTED
    client.force_login(one.by)
    client.post(address)
    one.refresh_from_db()
    assert one.state == RedemptionState.UNDONE
    client.post(address)
    assert Pass.objects.filter(state=PassState.HANDED).count() == 10
    page = client.get(reverse("counter-taken", args=(made.session.code, one.pk)))
    assert page.context["is_undone"]
    assert show(client, made, codes[1].code, key="k9").context["one"].state == RedemptionState.ACCEPTED
    assert list(proof.faults()) == []


def test_answers_of_another_session_are_not_found(client, counter, made, codes):
    show(counter, made, codes[1].code)
    one = Redemption.objects.get()
    elsewhere = session_of(made.session.course)
    for name in ("counter-taken", "counter-refused"):
        assert client.get(reverse(name, args=(elsewhere.code, one.pk))).status_code == 404


def test_too_many_unknown_codes_and_good_ones_answer_alike(counter, made, codes, settings):
    settings.PASS_GUESSES = {"per_network": 50, "per_account": 2}
    for number in range(2):
        assert show(counter, made, f"X{number}", key=f"w{number}").status_code == 200
    for text in ("X9", codes[1].code):
        assert show(counter, made, text, key="w9").status_code == 429
    assert not Redemption.objects.exists()


def test_the_list_counts_what_was_taken_in_few_queries(counter, made, django_assert_max_num_queries):
    for number in (1, 2):
        session = session_of(made.session.course)
        reader = Reader(channel=Channel.TYPED, user=made.actor)
        redeem(one=pass_of(made, 1, number), session=session, reader=reader, now=NOW)
    with django_assert_max_num_queries(20):
        counter.get(reverse("counter-choose"))
