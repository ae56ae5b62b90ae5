"""A lost book, from the person's file and at a host's desk: who may say it, who sees it, what bad input gets."""

from datetime import date, timedelta

import pytest
import time_machine

from pourtous.accounts.enums import Capability
from pourtous.passes.enums import BookState
from pourtous.passes.models import Book, HandOver
from tests.accounts.factories import MembershipFactory, UnitFactory, someone
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, world
from tests.people.factories import FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
DESK = "/travail/pass/encaisser/perdu/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def follow(person, unit):
    FollowUpFactory(person=person, unit=unit, started_on=date(2026, 1, 1), notice_on=date(2026, 1, 1))


@pytest.fixture
def made():
    """A book in the hands of somebody their prescriber follows."""
    one = world()
    one.user = MembershipFactory(unit=one.prescriber).user
    one.person = PersonFactory(first_name="Odile", last_name="Ferrand")
    follow(one.person, one.prescriber)
    one.given = handed(one, person=one.person)
    one.page = f"/travail/pass/remises/{one.given.pk}/"
    return one


def state(number=1):
    return Book.objects.get(number=number).state


def test_from_the_file_to_the_new_book(client, made):
    client.force_login(made.user)
    assert made.page in client.get(f"/travail/personnes/{made.person.code}/").content.decode()
    assert f"{made.page}perdu/" in client.get(made.page).content.decode()
    for bad in ({}, {"kind": "burnt"}, {"kind": "destroyed"}, {"kind": "lost", "reason": "x" * 4000}):
        assert client.post(f"{made.page}perdu/", bad).status_code == 422
    assert state() == BookState.HANDED
    client.post(f"{made.page}perdu/", {"kind": "lost"})
    client.post(f"{made.page}perdu/", {"kind": "stolen"})
    assert state() == BookState.LOST
    assert "Remettre un nouveau" in client.get(f"{made.page}perdu/").content.decode()
    for bad in ("", "26-999999", "x", "26-000001", "26-000002\0", "9" * 400):
        assert client.post(f"{made.page}remplacer/", {"book": bad}).status_code in {400, 422}
    response = client.post(f"{made.page}remplacer/", {"book": "26-000002"})
    given = HandOver.objects.get(replaces=made.given)
    assert response.url == f"/travail/pass/remises/{given.pk}/"
    assert client.post(f"{made.page}remplacer/", {"book": "26-000003"}).status_code == 422
    assert "26-000002" in client.get(f"{made.page}perdu/").content.decode()
    client.post(f"{made.page}retrouve/")
    assert state() == BookState.DESTROYED


def test_another_prescriber_who_follows_the_person_may_say_it_a_stranger_never(client, made):
    beside = UnitFactory(capabilities=("prescriber",))
    follow(made.person, beside)
    strangers = [someone(Capability.PRESCRIBER), someone(Capability.HOST), someone(Capability.STEERING)]
    for stranger in strangers:
        client.force_login(stranger)
        assert client.get(f"{made.page}perdu/").status_code == 404
        for act in ("perdu", "remplacer", "retrouve"):
            assert client.post(f"{made.page}{act}/", {"kind": "lost", "book": "26-000002"}).status_code == 404
    assert state() == BookState.HANDED
    client.force_login(MembershipFactory(unit=beside).user)
    client.post(f"{made.page}perdu/", {"kind": "stolen"})
    assert state() == BookState.STOLEN


def test_a_colleague_of_the_unit_may_say_it(client, made):
    client.force_login(MembershipFactory(unit=made.prescriber).user)
    client.post(f"{made.page}perdu/", {"kind": "damaged"})
    assert state() == BookState.DESTROYED


def test_a_host_desk_blocks_the_book_of_who_comes_to_its_sessions(client, made):
    other = handed(made, number=2, person=PersonFactory(first_name="Gaspard", last_name="Ruiz"))
    RegistrationFactory(session=made.session, person=made.person)
    client.force_login(MembershipFactory(unit=made.host).user)
    page = client.get(DESK).content.decode()
    assert "Odile Ferrand" in page
    assert "Gaspard" not in page
    assert "Odile" in client.get(f"{DESK}?nom=ferrand").content.decode()
    assert "Odile Ferrand" not in client.get(f"{DESK}?nom=%00zzz").content.decode()
    for bad in ({}, {"who": str(other.pk), "kind": "lost"}, {"who": "x", "kind": "lost"}):
        assert client.post(DESK, bad).status_code == 422
    assert state(2) == BookState.HANDED
    assert client.post(DESK, {"who": str(made.given.pk), "kind": "lost"}).status_code == 302
    assert state() == BookState.LOST
    assert "Odile Ferrand" not in client.get(DESK).content.decode()


def test_another_host_sees_nobody_and_who_takes_no_passes_has_no_such_page(client, made):
    RegistrationFactory(session=made.session, person=made.person)
    client.force_login(someone(Capability.HOST))
    assert "Odile Ferrand" not in client.get(DESK).content.decode()
    assert client.post(DESK, {"who": str(made.given.pk), "kind": "lost"}).status_code == 422
    client.force_login(made.user)
    assert client.get(DESK).status_code in {403, 404}
    assert state() == BookState.HANDED
