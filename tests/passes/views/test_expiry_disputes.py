"""Passes out of date, and passes that came twice: seen, decided once, never by a host."""

from datetime import UTC, datetime

import pytest

from pourtous.accounts.enums import Capability, Role
from pourtous.passes.enums import Channel, DisputeState, PassState
from pourtous.passes.models import Dispute, Pass
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.queries.proof import faults
from tests.accounts.factories import MembershipFactory, someone
from tests.passes.factories import NOW, handed, pass_of, session_of, world

pytestmark = pytest.mark.django_db
MONEY = "/travail/pass/paiements/"
LATER = datetime(2026, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch):
    """A book of forty days, handed over in June; the clock stands in August."""
    monkeypatch.setattr("pourtous.kernel.clock.now", lambda: LATER)
    one = world(life_days=40, late_stubs_borne=1)
    handed(one)
    return one


def steers(client):
    client.force_login(someone(Capability.STEERING))


def dispute_of(made):
    """A stub typed in for a second session, after its pass was used."""
    one = pass_of(made)
    redeem(one=one, session=made.session, reader=Reader(channel=Channel.CAMERA, user=made.actor), now=NOW)
    with pytest.raises(PassRefused):
        redeem(
            one=one,
            session=session_of(made.session.course),
            reader=Reader(channel=Channel.STUB, user=made.actor),
            now=NOW,
        )
    return Dispute.objects.get()


def test_what_is_out_of_date_expires_once_when_it_is_confirmed(client, made):
    steers(client)
    page = client.get(f"{MONEY}peremption/").content.decode()
    assert "100,00" in page
    for cents in ("", "1", "10000", "10000"):
        client.post(f"{MONEY}peremption/executer/", {"cents": cents})
        expected = 10 if cents == "10000" else 0
        assert Pass.objects.filter(state=PassState.EXPIRED).count() == expected
    assert list(faults()) == []
    assert "50,00" in client.get(f"{MONEY}peremption/").content.decode()
    assert b"pdfuaid" in client.get(f"{MONEY}peremption/constat.pdf").content
    assert client.get(f"{MONEY}peremption/pass.csv").content.decode().count("26-000001-") == 10
    assert client.get(f"{MONEY}peremption/pass.doc").status_code == 404


def test_a_dispute_is_decided_once_with_a_reason(client, made):
    dispute = dispute_of(made)
    steers(client)
    assert "26-000001-01" in client.get(f"{MONEY}litiges/").content.decode()
    decide = f"{MONEY}litiges/{dispute.pk}/"
    for reason, state in (("", "open"), ("Bonne foi", "paid"), ("Encore", "paid")):
        client.post(decide, {"state": "refused" if reason == "Encore" else "paid", "reason": reason})
        dispute.refresh_from_db()
        assert dispute.state == DisputeState(state)
    assert "Bonne foi" in client.get(f"{MONEY}litiges/").content.decode()
    assert list(faults()) == []


def test_a_host_sees_its_own_disputes_and_decides_nothing(client, made):
    dispute = dispute_of(made)
    client.force_login(MembershipFactory(unit=made.host, role=Role.MANAGER).user)
    assert "26-000001-01" in client.get(f"{MONEY}litiges/").content.decode()
    assert client.post(f"{MONEY}litiges/{dispute.pk}/", {"state": "paid", "reason": "x"}).status_code == 404
    for path in ("peremption/", "peremption/constat.pdf", "peremption/pass.csv"):
        assert client.get(MONEY + path).status_code == 404
    assert client.post(f"{MONEY}peremption/executer/", {"cents": "10000"}).status_code == 404
    client.force_login(someone(Capability.HOST, role=Role.MANAGER))
    assert "26-000001-01" not in client.get(f"{MONEY}litiges/").content.decode()
    for stranger in (MembershipFactory(unit=made.host).user, someone(Capability.MEDIATION)):
        client.force_login(stranger)
        assert client.get(f"{MONEY}litiges/").status_code == 404
