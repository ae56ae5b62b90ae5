"""Who waits for an hour without an appointment: seen by who answers calls, booked for, taken off with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import Booker, WaitingState
from pourtous.agenda.models import Appointment, WaitingEntry
from pourtous.audit.models import Event
from pourtous.kernel.clock import paris
from pourtous.places.enums import Service
from tests.accounts.factories import MembershipFactory
from tests.agenda.views.conftest import NOW, signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("waiting-list")


@pytest.fixture
def entry():
    return WaitingEntry.objects.create(
        first_name="Odile",
        phone="+33639980001",
        services=[Service.PROCEDURES.value],
        weekdays=["0", "3"],
        before=NOW + timedelta(days=60),
        created_at=NOW - timedelta(days=3),
    )


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def test_the_list_says_since_when_for_what_and_which_days(owner, entry):
    page = text_of(owner.get(LIST))
    assert "Odile" in page
    assert "lundi, jeudi" in page
    assert Service.PROCEDURES.value in page
    assert "06 39 98 00 01" not in page
    assert "1 personne attend une heure" in text_of(owner.get(reverse("phone-desk")))


def test_nobody_waits(owner):
    assert "Personne n’attend" in text_of(owner.get(LIST))


def test_an_hour_is_booked_for_them_and_they_no_longer_wait(owner, entry, hours, place):
    one = reverse("waiting-one", args=(entry.code,))
    page = owner.get(one)
    assert "06 39 98 00 01" in text_of(page)
    hour = {"hour": page.context["hours"][0].value, "key": page.context["key"]}
    answer = owner.post(one, hour)
    made = Appointment.objects.get()
    assert made.code in answer.url
    assert (made.booked_through, made.first_name, made.phone) == (Booker.DESK, "Odile", entry.phone)
    entry.refresh_from_db()
    assert entry.state == WaitingState.BOOKED
    assert owner.post(one, hour).status_code == 404, "who no longer waits is not on the list"
    assert Appointment.objects.count() == 1


def test_hours_of_the_days_that_suit_come_when_there_are_some(owner, entry, hours, place):
    one = reverse("waiting-one", args=(entry.code,))
    for wanted, found in (("4", 4), ("6", 2)):  # on Sundays nothing is free: the soonest hours, of Wednesday
        WaitingEntry.objects.update(weekdays=[wanted])
        assert {paris(one.starts_at).weekday() for one in owner.get(one).context["hours"]} == {found}


def test_what_is_no_free_hour_is_refused_in_words(owner, entry, hours, place):
    one = reverse("waiting-one", args=(entry.code,))
    for wrong in ({}, {"hour": "x|y"}, {"hour": "\0"}, {"hour": "a" * 4000}):
        page = owner.post(one, wrong)
        assert page.status_code == 422
        assert "Choisissez une des heures libres" in text_of(page)
    assert not Appointment.objects.exists()


def test_taken_off_the_list_with_a_reason(owner, entry):
    stop = reverse("waiting-stop", args=(entry.code,))
    owner.post(stop, {"why": "because"})
    entry.refresh_from_db()
    assert entry.state == WaitingState.WAITING
    owner.post(stop, {"why": "found"})
    entry.refresh_from_db()
    assert entry.state == WaitingState.GIVEN_UP
    assert Event.objects.get(verb="agenda.stop_waiting").details == {"why": "found"}
    assert owner.post(stop, {"why": "found"}).status_code == 404


@pytest.mark.parametrize("capabilities", [(), (Capability.HOST.value,), (Capability.PRESCRIBER.value,)])
def test_it_is_for_those_who_answer_calls(entry, capabilities):
    other = signed_in(MembershipFactory(unit__capabilities=capabilities).user)
    for name, code in (("waiting-list", ()), ("waiting-one", (entry.code,))):
        assert other.get(reverse(name, args=code)).status_code == 404
    assert other.post(reverse("waiting-stop", args=(entry.code,)), {"why": "found"}).status_code == 404
