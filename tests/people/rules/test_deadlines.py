from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.holidays import is_working_day
from pourtous.people.rules.deadlines import due_on, goes_on, months_after, silent_since, told_on

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),  # the same number, a Wednesday
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday: the Monday after
        (date(2027, 1, 29), date(2027, 3, 1)),  # no 29 February in 2027; the 28th is a Sunday
        (date(2026, 3, 14), date(2026, 4, 14)),
        (date(2026, 4, 14), date(2026, 5, 15)),  # 14 May 2026 is Ascension
        (date(2026, 4, 8), date(2026, 5, 11)),  # 8 May, then a weekend
        (date(2026, 12, 1), date(2027, 1, 4)),  # 1 January, a Friday, then a weekend
    ],
)
def test_a_request_is_answered_within_a_calendar_month(received, due):
    assert due_on(received) == due


def test_two_months_more():
    assert due_on(date(2026, 11, 23), extended=True) == date(2027, 2, 23)
    assert due_on(date(2026, 11, 30), extended=True) == date(2027, 3, 1)  # Sunday 28 February


@given(DAYS)
def test_the_last_day_is_always_a_working_day_and_never_before_the_month_is_over(day):
    assert is_working_day(due_on(day))
    assert months_after(day, 1) <= due_on(day) <= months_after(day, 1) + timedelta(days=5)
    assert due_on(day) < due_on(day, extended=True)


@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_where_they_can(day, months):
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or (after + timedelta(days=1)).day == 1


@given(DAYS, DAYS)
def test_a_file_may_go_exactly_when_its_two_years_are_over(contact, today):
    assert (contact <= silent_since(today)) == (goes_on(contact) <= today)


def test_two_years_and_thirty_days_of_notice():
    assert goes_on(date(2024, 2, 29)) == date(2026, 2, 28)
    assert told_on(date(2024, 11, 23)) == date(2026, 10, 24)
