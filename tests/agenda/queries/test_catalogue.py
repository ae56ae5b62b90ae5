from datetime import UTC, date, datetime, timedelta

import pytest

from pourtous.agenda.enums import CourseState, Family, Format, Level, SessionState, Theme
from pourtous.agenda.models import Session
from pourtous.agenda.queries.catalogue import Wanted, session_of_code, upcoming, upcoming_widening
from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import Point
from tests.agenda.factories import CourseFactory, RunFactory, SessionFactory
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY_10 = datetime(2026, 12, 1, 9, tzinfo=UTC)
HERE = Point(43.6, 3.8)

pytestmark = pytest.mark.django_db


def codes(found):
    return [one.session.code for one in found.items]


def session(*, starts_at=TUESDAY_10, **other):
    return SessionFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **other)


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": SessionState.CANCELLED},
        {"state": SessionState.HELD},
        {"is_open": False},
        {"starts_at": NOW - timedelta(hours=1)},
        {"run__course__state": CourseState.DRAFT},
        {"run__course__state": CourseState.CLOSED},
        {"run__course__format": Format.OUTREACH},
        {"run__course__unit__is_active": False},
    ],
)
def test_the_public_sees_only_what_it_may_join(hidden):
    session(**hidden)
    shown = session()
    assert codes(upcoming(Wanted(), now=NOW)) == [shown.code]


@pytest.mark.parametrize(
    ("wanted", "course"),
    [
        (Wanted(themes=(Theme.SAFETY,)), {"theme": Theme.SAFETY}),
        (Wanted(families=(Family.PROCEDURES,)), {"theme": Theme.RIGHTS}),
        (Wanted(levels=(Level.ADVANCED,)), {"level": Level.ADVANCED}),
        (Wanted(formats=(Format.TRY_ONCE,)), {"format": Format.TRY_ONCE}),
        (Wanted(language="ar"), {"language": "ar"}),
        (Wanted(plain_french=True), {"plain_french": True}),
        (Wanted(wheelchair=True), {"wheelchair": True}),
    ],
)
def test_each_wish_narrows(wanted, course):
    session()
    fits = session(run=RunFactory(course=CourseFactory(**course)))
    assert codes(upcoming(wanted, now=NOW)) == [fits.code]


def test_only_some_courses_or_none():
    session()
    chosen = session()
    assert codes(upcoming(Wanted(courses=frozenset({chosen.course_id})), now=NOW)) == [chosen.code]
    assert codes(upcoming(Wanted(courses=frozenset()), now=NOW)) == []


def test_free_seats_and_price():
    full = session(seats=2, registered=2)
    paid = session(run=RunFactory(course=CourseFactory(pass_cost=1)), starts_at=TUESDAY_10 + timedelta(hours=1))
    assert codes(upcoming(Wanted(free=True), now=NOW)) == [full.code]
    assert codes(upcoming(Wanted(free_seats=1), now=NOW)) == [paid.code]


def test_days_evenings_and_weekends():
    evening = session(starts_at=datetime(2026, 12, 2, 17, tzinfo=UTC))  # six in the evening in Paris
    saturday = session(starts_at=datetime(2026, 12, 5, 9, tzinfo=UTC))
    session()
    assert codes(upcoming(Wanted(evening=True), now=NOW)) == [evening.code]
    assert codes(upcoming(Wanted(weekend=True), now=NOW)) == [saturday.code]
    assert codes(upcoming(Wanted(evening=True, weekend=True), now=NOW)) == [evening.code, saturday.code]
    one_day = Wanted(first=date(2026, 12, 5), last=date(2026, 12, 5))
    assert codes(upcoming(one_day, now=NOW)) == [saturday.code]


def test_near_by_place_or_by_commune():
    near = session(place=PlaceFactory(latitude=43.61, longitude=3.8))
    commune = CommuneFactory(latitude=43.62, longitude=3.8)
    hall = session(place=None, where="Salle des fêtes", commune=commune, starts_at=TUESDAY_10 + timedelta(days=1))
    session(place=PlaceFactory(latitude=44.6, longitude=3.8))
    session()
    found = upcoming(Wanted(near=HERE, radius_m=10_000), now=NOW)
    assert codes(found) == [near.code, hall.code]
    assert found.items[0].distance_m == pytest.approx(1112, abs=5)
    assert codes(upcoming(Wanted(commune=commune.code), now=NOW)) == [hall.code]
    assert codes(upcoming(Wanted(commune="00000"), now=NOW)) == []


def test_one_looks_further_until_something_is_found():
    far = session(place=PlaceFactory(latitude=43.9, longitude=3.8))
    found = upcoming_widening(Wanted(near=HERE), now=NOW)
    assert codes(found) == [far.code]
    assert found.radius_m == 60_000


def test_a_run_is_told_once():
    run = RunFactory()
    first = session(run=run, number=1)
    session(run=run, number=2, starts_at=TUESDAY_10 + timedelta(days=7))
    assert codes(upcoming(Wanted(one_a_run=True), now=NOW)) == [first.code]
    assert upcoming(Wanted(), now=NOW).total == 2


def test_pages_by_number_and_by_cursor():
    rows = [session(starts_at=TUESDAY_10 + timedelta(days=n)) for n in range(5)]
    first = upcoming(Wanted(), now=NOW, limit=2)
    assert codes(first) == [rows[0].code, rows[1].code]
    session(starts_at=TUESDAY_10 - timedelta(days=1))  # comes in meanwhile
    assert codes(upcoming(Wanted(), now=NOW, limit=2, after=first.next)) == [rows[2].code, rows[3].code]
    last = upcoming(Wanted(), now=NOW, limit=2, page=3)
    assert codes(last) == [rows[3].code, rows[4].code]
    assert last.next is None


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "é", "WyIyMDI2IiwgMV0"])
def test_a_foreign_cursor_is_refused(cursor):
    with pytest.raises(DomainError):
        upcoming(Wanted(), now=NOW, after=cursor)


def test_seats_left(django_assert_num_queries):
    session(seats=8, registered=5)
    session(seats=8, starts_at=TUESDAY_10 + timedelta(days=1))
    with django_assert_num_queries(2):
        found = upcoming(Wanted(), now=NOW)
        assert [one.free_seats for one in found.items] == [3, 8]
        assert [one.session.course.unit.organisation.name for one in found.items]


def test_a_session_by_its_code_whatever_became_of_it():
    held = session(state=SessionState.HELD)
    draft = session(run__course__state=CourseState.DRAFT)
    assert session_of_code(held.code) == held
    assert session_of_code(draft.code) is None
    assert Session.objects.count() == 2
