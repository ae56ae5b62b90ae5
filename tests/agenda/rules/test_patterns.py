from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.agenda.rules.occupied_time import moment_of
from pourtous.agenda.rules.patterns import Pattern, days_of, spans_of
from pourtous.kernel.clock import PARIS

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine too

NINE, NOON = time(9), time(12)


def pattern(*weekdays, first_on=date(2026, 1, 5), **more):
    return Pattern(frozenset(weekdays), NINE, NOON, first_on, **more)


def test_every_week_in_order_without_public_holidays():
    found = list(days_of(pattern(3, 0), date(2026, 5, 11), date(2026, 6, 1)))
    assert [day.isoformat()[5:] for day in found] == ["05-11", "05-18", "05-21", "05-28"]


def test_every_other_week_counts_from_the_week_of_its_first_day():
    held = pattern(0, 3, first_on=date(2026, 1, 8), every_weeks=2)
    found = list(days_of(held, date(2026, 1, 1), date(2026, 2, 10)))
    assert [day.isoformat()[5:] for day in found] == ["01-08", "01-19", "01-22", "02-02", "02-05"]
    later = list(days_of(held, date(2026, 1, 26), date(2026, 2, 10)))
    assert later == [date(2026, 2, 2), date(2026, 2, 5)]


def test_until_is_the_first_day_without():
    held = pattern(0, until_on=date(2026, 1, 19))
    assert list(days_of(held, date(2026, 1, 1), date(2026, 3, 1))) == [date(2026, 1, 5), date(2026, 1, 12)]


def test_school_holidays_may_be_left_out():
    always, at_school = pattern(1), pattern(1, school_zone="C")
    first, last = date(2025, 12, 22), date(2026, 1, 5)
    assert list(days_of(pattern(1, first_on=first), first, last)) == [date(2025, 12, 23), date(2025, 12, 30)]
    assert list(days_of(pattern(1, first_on=first, school_zone="C"), first, last)) == []
    assert always != at_school


def test_nine_to_noon_through_both_nights_of_the_clocks():
    held = pattern(*range(7))
    for first in (date(2026, 3, 26), date(2026, 10, 22)):
        spans = spans_of(held, first, first + timedelta(days=6))
        assert {moment_of(span[0]).astimezone(PARIS).time() for span in spans} == {NINE}
        assert {moment_of(span[1]).astimezone(PARIS).time() for span in spans} == {NOON}
        assert len(spans) == 6


def test_leap_day():
    assert date(2028, 2, 29) in list(days_of(pattern(1), date(2028, 2, 28), date(2028, 3, 1)))


@CALM
@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(1, 8),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 120),
    st.integers(0, 200),
)
def test_a_window_shows_what_the_whole_shows(weekdays, weeks, first_on, offset, length):
    held = Pattern(weekdays, NINE, NOON, first_on, every_weeks=weeks)
    first = first_on + timedelta(days=offset)
    whole = list(days_of(held, first_on, first_on + timedelta(days=400)))
    window = list(days_of(held, first, first + timedelta(days=length)))
    assert window == [day for day in whole if first <= day < first + timedelta(days=length)]
    assert all(day.weekday() in weekdays and not is_public_holiday(day) for day in window)
