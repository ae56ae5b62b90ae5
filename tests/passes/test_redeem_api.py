"""POST /api/v1/passes/redeem: who may, every answer, and the same answer to the same key."""

import json
from datetime import timedelta

import pytest

from pourtous.kernel import clock
from pourtous.passes.enums import Channel, MovementKind
from pourtous.passes.models import ApiToken, Qualification, Redemption, RefusedTry
from pourtous.passes.operations.stock import declare
from pourtous.passes.operations.tokens import make_token, revoke_token
from pourtous.passes.queries import proof
from tests.accounts.factories import UnitFactory
from tests.agenda.factories import CourseFactory
from tests.passes.factories import NOW, handed, session_of, world
from tests.passes.reading import known_codes

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/passes/redeem"


@pytest.fixture
def made(monkeypatch):
    """A campaign with one book handed over."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = world()
    handed(made)
    return made


@pytest.fixture
def codes(made):
    return known_codes(made)


@pytest.fixture
def key(made):
    return make_token(unit=made.host, name="Caisse", actor=made.actor, now=NOW)


@pytest.fixture
def show(client, made, key):
    """Show a code: status and decoded answer."""

    def post(code, *, idempotency="k1", token=None, body=None, session=None, **more):
        asked = {"code": code, "session": (session or made.session).code, **more} if body is None else body
        headers = {"Authorization": f"Bearer {key if token is None else token}", "Idempotency-Key": idempotency}
        text = asked if isinstance(asked, str) else json.dumps(asked)
        answer = client.post(ADDRESS, text, content_type="application/json", headers=headers)
        found = json.loads(answer.content)
        expected = "application/json" if answer.status_code == 200 else "application/problem+json"
        assert answer.headers["Content-Type"] == expected
        assert "no-store" in answer.headers["Cache-Control"]
        return answer.status_code, found

    return post


def test_accepted_and_the_same_key_the_same_answer(show, made, codes):
    status, found = show(codes[1].code, client_time="2026-06-01T11:00:00+02:00")
    assert (status, found["value"], found["left"], found["serial"]) == (200, 1000, 9, "26-000001-01")
    assert show(codes[1].code) == (200, found)
    one = Redemption.objects.get()
    assert (one.channel, one.by, one.token.name, one.client_at) == (Channel.API, None, "Caisse", NOW)
    assert ApiToken.objects.get().used_on == NOW.date()
    assert list(proof.faults()) == []


def test_a_key_used_for_another_pass_is_refused(show, codes):
    show(codes[1].code)
    status, found = show(codes[2].code)
    assert (status, found["reason"]) == (422, "key_reused")


def test_each_refusal_has_its_status_and_reason(show, made, codes, monkeypatch):
    status, found = show(codes[5].code, idempotency="a")
    assert (status, found["reason"]) == (409, "tranche_closed")
    show(codes[1].code, idempotency="b")
    other = session_of(made.session.course)
    status, found = show(codes[1].code, idempotency="c", session=other)
    assert (status, found["reason"]) == (409, "already_used")
    assert found["first_use"]["at"].startswith("2026-06-01T09:00")
    assert made.host.organisation.name in found["first_use"]["where"]
    assert show(codes[2].code, idempotency="d")[1]["reason"] == "session_paid"
    free = session_of(CourseFactory(unit=made.host))
    assert show(codes[2].code, idempotency="e", session=free)[1]["reason"] == "wrong_course"
    waiting = known_codes(made, 2)
    assert show(waiting[1].code, idempotency="f", session=other)[1]["reason"] == "not_handed"
    assert show("0000 0000 0000", idempotency="g")[:1] == (404,)
    elsewhere = session_of(CourseFactory())
    status, found = show(codes[2].code, idempotency="h", session=elsewhere)
    assert (status, found["reason"]) == (404, "unknown_session")
    later = session_of(made.session.course, now=NOW + timedelta(days=3))
    assert show(codes[2].code, idempotency="i", session=later)[1]["reason"] == "too_early"
    lost = {"kind": MovementKind.LOST, "first": 1, "last": 1, "reason": "Sac"}
    declare(campaign=made.campaign, **lost, actor=made.actor, now=NOW)
    assert show(codes[2].code, idempotency="j", session=other)[1]["reason"] == "blocked"
    Qualification.objects.update(valid_until=NOW.date())
    status, found = show(codes[2].code, idempotency="l", session=other)
    assert (status, found["reason"]) == (403, "not_qualified")


def test_an_expired_pass_is_gone(show, made, codes, monkeypatch):
    late = NOW + timedelta(days=300)
    monkeypatch.setattr(clock, "now", lambda: late)
    status, found = show(codes[1].code, session=session_of(made.session.course, now=late))
    assert (status, found["reason"]) == (410, "expired")


def test_no_key_a_wrong_one_and_a_revoked_one_answer_alike(show, client, made, codes, key):
    bare = client.post(ADDRESS, "{}", content_type="application/json")
    wrong = show(codes[1].code, token="pass_" + "x" * 43)
    revoke_token(token=ApiToken.objects.get(), actor=made.actor, now=NOW)
    revoked = show(codes[1].code)
    assert bare.status_code == 401
    assert bare.headers["WWW-Authenticate"] == "Bearer"
    assert wrong == revoked == (401, json.loads(bare.content))
    assert not RefusedTry.objects.exists()


def test_a_key_of_another_team_takes_nothing_for_our_sessions(show, made, codes):
    other = UnitFactory(organisation=made.host.organisation, capabilities=("host",))
    theirs = make_token(unit=other, name="Autre", actor=made.actor, now=NOW)
    assert show(codes[1].code, token=theirs)[1]["reason"] == "unknown_session"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"code": 3}',
        '{"code": "A", "session": null}',
        '"\\u0000"',
        '{"code": "' + "A" * 4000 + '"}',
        "\0",
    ],
)
def test_what_cannot_be_read_is_400(show, body):
    assert show("", body=body)[0] == 400


@pytest.mark.parametrize("code", ["A\0B", "\0", "é" * 12, "https://ailleurs.example/p/" + "x" * 22])
def test_strange_codes_are_unknown(show, code):
    status, found = show(code)
    assert (status, found["reason"]) == (404, "unknown")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "2026-06-01T11:00:00", "9999-12-31T23:59:59Z"])
def test_absurd_clocks_are_left_out(show, codes, moment):
    assert show(codes[1].code, client_time=moment)[0] == 200
    assert Redemption.objects.get().client_at is None


def test_many_unknown_codes_make_a_program_wait(show, codes, settings):
    settings.PASS_GUESSES = {"per_network": 50, "per_account": 2}
    assert [show(f"X{n}", idempotency=f"x{n}")[0] for n in range(3)] == [404, 404, 429]
    assert show(codes[1].code, idempotency="y")[0] == 429


def test_reading_is_refused_and_no_page_of_another_origin_may_ask(client):
    assert client.get(ADDRESS).status_code == 405
    asked = client.options(ADDRESS)
    assert asked.headers["Allow"] == "POST, OPTIONS"
    assert "Access-Control-Allow-Methods" not in asked.headers
