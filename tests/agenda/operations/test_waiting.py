"""Waiting for an earlier hour."""

from datetime import UTC, datetime, timedelta

import pytest

from pourtous.agenda.enums import Booker, Mode, WaitingState
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.operations.appointments import Who, book, cancel, move
from pourtous.agenda.operations.waiting import forget_waiting, may_wait, stop_waiting, tell_waiting, wait_for_earlier
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from tests.agenda.factories import AppointmentFactory, AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, ten in Paris
LATER = datetime(2026, 12, 14, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return PlaceFactory(name="Le Cabanon")


@pytest.fixture
def kind(place):
    """One hour a week, on Mondays at nine."""
    kind = AppointmentKindFactory(minutes=180)
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=place, weekdays=("0",))
    return kind


def made(kind, place, starts_at, number=1):
    who = Who(first_name=f"Odile {number}", phone=f"+3363998000{number}")
    return book(
        kind=kind,
        starts_at=starts_at,
        mode=Mode.PLACE,
        place=place,
        who=who,
        through=Booker.PUBLIC,
        actor=None,
        now=NOW,
    )


def told():
    return list(Message.objects.filter(about="agenda.waiting").order_by("queued_at", "id").values_list("to", flat=True))


@pytest.fixture
def full(kind, place):
    """The next three Mondays are taken; the third by somebody who would come earlier."""
    return [made(kind, place, LATER - timedelta(days=7 * back), back + 1) for back in (2, 1, 0)]


def test_told_when_an_hour_is_given_back_and_not_before(full):
    last = full[2]
    entry = wait_for_earlier(appointment=last, now=NOW)
    assert wait_for_earlier(appointment=last, now=NOW) == entry
    assert tell_waiting(now=NOW) == 0
    cancel(appointment=full[0], by_person=True, actor=None, now=NOW)
    assert tell_waiting(now=NOW) == 1
    assert told() == [last.phone]
    text = Message.objects.get(about="agenda.waiting").text
    assert "lundi 30 novembre à 9 h" in text
    assert f"/r/{last.code}" in text
    assert tell_waiting(now=NOW + timedelta(hours=1)) == 0


def test_once_a_day_three_times_at_most_and_in_opening_hours(full):
    wait_for_earlier(appointment=full[2], now=NOW)
    cancel(appointment=full[0], by_person=True, actor=None, now=NOW)
    assert tell_waiting(now=NOW.replace(hour=7)) == 0
    assert tell_waiting(now=NOW.replace(hour=17)) == 0
    counts = [tell_waiting(now=NOW + timedelta(days=day)) for day in range(5)]
    assert counts == [1, 1, 1, 0, 0]


def test_first_come_first_told_and_no_more_than_there_are_hours(full):
    for minute, one in ((1, full[2]), (0, full[1])):
        WaitingEntry.objects.create(
            kind=one.kind,
            place=one.place,
            appointment=one,
            before=one.starts_at,
            created_at=NOW - timedelta(minutes=minute),
        )
    cancel(appointment=full[0], by_person=True, actor=None, now=NOW)
    assert tell_waiting(now=NOW) == 1
    assert told() == [full[2].phone]


def test_moving_or_cancelling_closes_it(full):
    wait_for_earlier(appointment=full[2], now=NOW)
    cancel(appointment=full[0], by_person=True, actor=None, now=NOW)
    move(appointment=full[2], starts_at=full[0].starts_at, through=Booker.PUBLIC, actor=None, now=NOW)
    assert WaitingEntry.objects.get().state == WaitingState.BOOKED
    wait_for_earlier(appointment=full[1], now=NOW)
    cancel(appointment=full[1], by_person=True, actor=None, now=NOW)
    assert WaitingEntry.objects.filter(state=WaitingState.GIVEN_UP).count() == 1
    assert tell_waiting(now=NOW) == 0


def test_stopping_and_forgetting(full):
    wait_for_earlier(appointment=full[2], now=NOW)
    assert stop_waiting(appointment=full[2], now=NOW) == 1
    assert stop_waiting(appointment=full[2], now=NOW) == 0
    assert forget_waiting(now=NOW + timedelta(days=29)) == 0
    assert forget_waiting(now=NOW + timedelta(days=31), dry_run=True) == 1
    assert forget_waiting(now=NOW + timedelta(days=31)) == 1
    assert not WaitingEntry.objects.exists()


def test_not_for_soon_not_at_home_not_without_a_way_to_be_told(kind, place):
    facts = {"kind": kind, "place": place, "starts_at": LATER}
    assert may_wait(AppointmentFactory(**facts), NOW)
    for wrong in ({"starts_at": NOW + timedelta(days=6)}, {"mode": Mode.HOME}, {"phone": ""}):
        one = AppointmentFactory(**facts | wrong)
        assert not may_wait(one, NOW)
        with pytest.raises(DomainError):
            wait_for_earlier(appointment=one, now=NOW)
