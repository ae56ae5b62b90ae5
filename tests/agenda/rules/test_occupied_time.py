from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pourtous.agenda.rules.occupied_time import (
    day_span,
    hours_on,
    is_on_tick,
    moment_of,
    on_clock,
    span_of,
    tick_from,
    tick_of,
)
from pourtous.kernel.clock import PARIS

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine too

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_a_moment_and_its_tick():
    assert moment_of(tick_of(utc(2026, 11, 23, 9, 4, 59))) == utc(2026, 11, 23, 9)
    assert moment_of(tick_from(utc(2026, 11, 23, 9, 0, 1))) == utc(2026, 11, 23, 9, 5)
    assert is_on_tick(utc(2026, 11, 23, 9, 5))
    assert not is_on_tick(utc(2026, 11, 23, 9, 5, 30))
    assert not is_on_tick(utc(2026, 11, 23, 9, 5, 0, 1))


def test_a_period_takes_the_ticks_it_touches():
    first, last = span_of(utc(2026, 11, 23, 9, 2), utc(2026, 11, 23, 9, 11))
    assert (moment_of(first), moment_of(last)) == (utc(2026, 11, 23, 9), utc(2026, 11, 23, 9, 15))


@pytest.mark.parametrize(("day", "ticks"), [(SPRING, 276), (AUTUMN, 300), (date(2028, 2, 29), 288)])
def test_days_of_twenty_three_and_twenty_five_hours(day, ticks):
    first, last = day_span(day)
    assert last - first == ticks


@pytest.mark.parametrize("day", [SPRING, AUTUMN, SPRING - timedelta(days=1), AUTUMN + timedelta(days=1)])
def test_nine_to_noon_stays_nine_to_noon(day):
    first, last = hours_on(day, time(9), time(12))
    assert moment_of(first).astimezone(PARIS).time() == time(9)
    assert last - first == 36


def test_the_hour_that_does_not_exist_is_empty():
    assert on_clock(SPRING, time(2, 30)) == utc(2026, 3, 29, 1)
    first, last = hours_on(SPRING, time(2), time(2, 45))
    assert first == last
    first, last = hours_on(SPRING, time(1), time(4))
    assert last - first == 24


def test_of_the_hour_that_comes_twice_the_first_counts():
    assert on_clock(AUTUMN, time(2, 30)) == utc(2026, 10, 25, 0, 30)
    first, last = hours_on(AUTUMN, time(1), time(4))
    assert last - first == 48


@CALM
@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.times(), st.times())
def test_hours_of_a_day_lie_in_that_day_and_in_order(day, starts, ends):
    starts, ends = sorted((starts, ends))
    first, last = hours_on(day, starts, ends)
    if first < last:
        assert day_span(day)[0] <= first < last <= day_span(day)[1]
        assert moment_of(first).astimezone(PARIS).date() == day
