"""The page of dormant books: looked at, confirmed with the amount seen, by those who steer only."""

from datetime import date, timedelta

import pytest
import time_machine

from pourtous.accounts.enums import Capability, Role
from pourtous.passes.enums import PassState
from pourtous.passes.models import HandOver, Pass
from pourtous.passes.operations.dormant import warn
from pourtous.people.enums import Reach
from tests.accounts.factories import MembershipFactory, someone
from tests.passes.factories import NOW, handed, world
from tests.people.factories import FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/travail/pass/dormants/"
LATER = NOW + timedelta(days=121)


@pytest.fixture
def made():
    """A book whose notice is over."""
    one = world()
    one.person = PersonFactory(first_name="Odile", last_name="Ferrand")
    one.given = handed(one, person=one.person)
    warn(now=NOW + timedelta(days=90))
    with time_machine.travel(LATER, tick=False):
        yield one


def test_it_is_cancelled_once_with_the_amount_that_was_seen(client, made):
    client.force_login(someone(Capability.STEERING))
    page = client.get(PAGE).content.decode()
    assert "26-000001" in page
    assert "Ferrand" not in page
    assert client.get(f"{PAGE}annuler/").status_code == 405
    for cents in ("", "1", "x" * 4000, "10000", "10000"):
        client.post(f"{PAGE}annuler/", {"cents": cents})
        expected = 10 if cents == "10000" else 0
        assert Pass.objects.filter(state=PassState.RELEASED).count() == expected
    assert "26-000001" not in client.get(PAGE).content.decode()
    assert client.get(PAGE).content.decode().count("100,00") >= 1


def test_the_table_holds_what_is_shown(client, made):
    client.force_login(someone(Capability.STEERING))
    assert client.get(f"{PAGE}chequiers.csv").content.decode().count("26-000001") == 1
    assert client.get(f"{PAGE}chequiers.xlsx").content[:2] == b"PK"
    assert client.get(f"{PAGE}chequiers.doc").status_code == 404
    assert client.get(f"{PAGE}?campagne=x").status_code == 404


def test_only_those_who_steer(client, made):
    others = [
        MembershipFactory(unit=made.prescriber, role=Role.MANAGER).user,
        someone(Capability.HOST, role=Role.MANAGER),
        someone(Capability.MEDIATION),
    ]
    for stranger in others:
        client.force_login(stranger)
        for path in ("", "chequiers.csv"):
            assert client.get(PAGE + path).status_code in {403, 404}
        assert client.post(f"{PAGE}annuler/", {"cents": "10000"}).status_code in {403, 404}
    assert not Pass.objects.filter(state=PassState.RELEASED).exists()


def test_the_prescriber_tells_who_could_not_be_written_to(client, made):
    FollowUpFactory(person=made.person, unit=made.prescriber, started_on=date(2026, 1, 1), notice_on=date(2026, 1, 1))
    given = handed(made, number=2, person=PersonFactory(reach=Reach.CALL))
    warn(now=NOW + timedelta(days=95))
    address = f"/travail/pass/remises/{given.pk}/"
    client.force_login(someone(Capability.PRESCRIBER))
    assert client.post(f"{address}prevenue/").status_code == 404
    client.force_login(MembershipFactory(unit=made.prescriber).user)
    assert "prevenue" in client.get(address).content.decode()
    for _twice in range(2):
        client.post(f"{address}prevenue/")
    assert HandOver.objects.get(pk=given.pk).warned_on == LATER.date()
    assert "prevenue" not in client.get(address).content.decode()
