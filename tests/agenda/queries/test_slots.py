from datetime import UTC, date, datetime, time, timedelta

import pytest

from pourtous.agenda.enums import Booker, Mode
from pourtous.agenda.models import Absence
from pourtous.agenda.queries.slots import free_slots
from pourtous.kernel.clock import PARIS
from pourtous.kernel.geometry import Point
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory, RoomFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)  # a Monday, six in Paris
MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def slots(kind, **more):
    return free_slots(**{"kind": kind, "booker": Booker.PUBLIC, "first": MONDAY, "days": 1, "now": NOW, **more})


def hours(found):
    return [f"{slot.starts_at.astimezone(PARIS):%d %H:%M}" for slot in found]


@pytest.fixture
def kind():
    return AppointmentKindFactory()


def opened(kind, **more):
    resource = more.pop("resource", None) or ResourceFactory(unit=kind.unit)
    return AvailabilityFactory(resource=resource, kinds=[kind], **more)


def test_a_morning_is_cut_into_slots(kind):
    held = opened(kind)
    found = slots(kind)
    assert hours(found) == ["23 09:00", "23 09:45", "23 10:30", "23 11:15"]
    assert found[0].ends_at - found[0].starts_at == timedelta(minutes=45)
    assert found[0].resource_ids == (held.resource_id,)


def test_mediators_of_one_place_are_merged_and_places_are_not(kind):
    near, far = PlaceFactory(latitude=43.60, longitude=3.88), PlaceFactory(latitude=43.34, longitude=3.21)
    for place in (near, near, far):
        opened(kind, place=place)
    here = Point(43.61, 3.88)
    found = slots(kind, near=here)
    assert [slot.place_id for slot in found[:2]] == [near.pk, far.pk]
    assert [len(slot.resource_ids) for slot in found[:2]] == [2, 1]
    assert 1_000 < found[0].distance_m < 1_300
    by_distance = slots(kind, near=here, order="nearest")
    assert [slot.place_id for slot in by_distance] == [near.pk] * 4 + [far.pk] * 4
    assert len(slots(kind, near=here, limit=3)) == 3
    assert {slot.place_id for slot in slots(kind, place=far)} == {far.pk}


def test_notice_and_how_far_ahead(kind):
    opened(kind)
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)  # nine in Paris; two hours of notice
    assert hours(slots(kind, now=now)) == ["23 11:15"]
    assert hours(slots(kind, now=now, booker=Booker.COLLEAGUE))[0] == "23 09:00"
    kind.ahead_days = 2
    kind.save()
    assert {hour[:2] for hour in hours(slots(kind, now=now, days=30))} == {"23", "24", "25"}


def test_absences_bookings_and_rooms_are_left_out(kind):
    room = RoomFactory(unit=kind.unit)
    held = opened(kind, room=room)
    at = datetime(2026, 11, 23, 8, 52, tzinfo=UTC)  # 9:52 in Paris
    Absence.objects.create(resource=held.resource, starts_at=at, ends_at=at + timedelta(minutes=10))
    assert hours(slots(kind)) == ["23 09:00", "23 10:05", "23 10:50"]
    Absence.objects.create(resource=room, starts_at=at - timedelta(hours=1), ends_at=at)
    assert hours(slots(kind)) == ["23 10:05", "23 10:50"]


def test_overlapping_patterns_do_not_double_a_mediator(kind):
    held = opened(kind)
    opened(kind, resource=held.resource)
    opened(kind, resource=held.resource, mode=Mode.PHONE, starts=time(10))
    found = slots(kind)
    assert all(slot.resource_ids == (held.resource_id,) for slot in found)
    assert {slot.mode for slot in found} == {Mode.PLACE, Mode.PHONE}
    assert {slot.mode for slot in slots(kind, mode=Mode.PHONE)} == {Mode.PHONE}


def test_a_mode_the_kind_does_not_have_is_not_offered(kind):
    opened(kind, mode=Mode.HOME)
    assert slots(kind) == []


def test_who_has_left_and_what_is_closed_offers_nothing(kind):
    gone, closed, ended = opened(kind), opened(kind, place=PlaceFactory(state="closed")), opened(kind)
    gone.resource.user.is_active = False
    gone.resource.user.save()
    ended.until_on = MONDAY
    ended.save()
    assert slots(kind) == []
    assert closed.place.state == "closed"
    assert slots(kind, booker="somebody else") == []


def test_the_weeks_of_both_clocks(kind):
    opened(kind, weekdays=tuple("0123456"))
    for first in (date(2027, 3, 27), date(2026, 10, 24)):
        now = datetime.combine(first, time(), UTC) - timedelta(days=1)
        assert {hour[3:] for hour in hours(slots(kind, first=first, days=3, now=now))} == {
            "09:00",
            "09:45",
            "10:30",
            "11:15",
        }


def test_the_number_of_queries_does_not_grow(kind, django_assert_num_queries):
    for _ in range(3):
        opened(kind, place=PlaceFactory())
    with django_assert_num_queries(3):
        assert slots(kind, days=60, near=Point(43.6, 3.9))
