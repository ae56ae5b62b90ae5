from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pourtous.agenda.rules.runs import MAX_DATES, Pattern, dates, meeting, meetings

CHRISTMAS = date(2026, 12, 25)


def holiday(day):
    return "Noël" if day == CHRISTMAS else ""


def days(pattern, left_out=holiday):
    return [one.day for one in dates(pattern, left_out) if not one.reason]


def test_every_week_and_holidays_are_left_out_with_their_reason():
    pattern = Pattern(date(2026, 12, 18), frozenset({4}), time(10), 120, count=3)
    found = dates(pattern, holiday)
    assert [(one.day.isoformat(), one.reason) for one in found] == [
        ("2026-12-18", ""),
        ("2026-12-25", "Noël"),
        ("2027-01-01", ""),
        ("2027-01-08", ""),
    ]


def test_several_days_every_second_week():
    pattern = Pattern(date(2026, 12, 2), frozenset({0, 2}), time(10), 60, count=4, every_weeks=2)
    assert [day.isoformat() for day in days(pattern)] == ["2026-12-02", "2026-12-14", "2026-12-16", "2026-12-28"]


def test_the_hour_stays_when_the_clocks_change():
    pattern = Pattern(date(2027, 3, 22), frozenset({0}), time(9), 120, count=2)
    found = meetings(pattern, lambda _day: "")
    assert [one.starts_at for one in found] == [
        datetime(2027, 3, 22, 8, tzinfo=UTC),
        datetime(2027, 3, 29, 7, tzinfo=UTC),
    ]


def test_both_nights_and_the_leap_day():
    assert meeting(date(2027, 3, 28), time(2, 30), 60).starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    autumn = meeting(date(2026, 10, 25), time(2, 30), 120)
    assert autumn.ends_at - autumn.starts_at == timedelta(hours=2)
    assert days(Pattern(date(2028, 2, 29), frozenset({1}), time(9), 60, count=2))[0] == date(2028, 2, 29)


def test_a_pattern_that_never_holds_ends():
    assert days(Pattern(date(2026, 12, 1), frozenset({1}), time(9), 60, count=5), lambda _day: "vacances") == []


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    every=st.integers(1, 8),
    count=st.integers(1, 80),
)
def test_dates_are_in_order_on_their_days_and_as_many_as_asked(first, weekdays, every, count):
    found = days(Pattern(first, weekdays, time(9), 60, count=count, every_weeks=every), lambda _day: "")
    assert found == sorted(set(found))
    assert all(day >= first and day.weekday() in weekdays for day in found)
    assert len(found) <= min(count, MAX_DATES)
    monday = first - timedelta(days=first.weekday())
    assert all((day - monday).days // 7 % every == 0 for day in found)
