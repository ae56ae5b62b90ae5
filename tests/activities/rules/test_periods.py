"""Days of a page of figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.rules.periods import ONE_DAY, Preset, period, shifted

TODAY = date(2026, 11, 23)
OLDEST = date(2021, 5, 17)


@pytest.mark.parametrize(
    ("preset", "since", "until", "before"),
    [
        ("mois", "2026-11-01", "2026-12-01", ("2026-10-01", "2026-10-24")),
        ("mois-dernier", "2026-10-01", "2026-11-01", ("2026-09-01", "2026-10-01")),
        ("trimestre", "2026-10-01", "2026-12-01", ("2026-07-01", "2026-08-24")),
        ("annee", "2026-01-01", "2026-12-01", ("2025-01-01", "2025-11-24")),
        ("annee-derniere", "2025-01-01", "2026-01-01", ("2024-01-01", "2025-01-01")),
        ("douze-mois", "2025-11-01", "2026-11-01", ("2024-11-01", "2025-11-01")),
        ("tout", "2021-05-01", "2026-12-01", None),
    ],
)
def test_periods_by_name(preset, since, until, before):
    found = period(Preset(preset), today=TODAY, oldest=OLDEST)
    assert (found.since, found.until) == (date.fromisoformat(since), date.fromisoformat(until))
    assert found.before == (before and tuple(map(date.fromisoformat, before)))


def test_chosen_days_in_either_order():
    days = (date(2026, 3, 10), date(2026, 3, 3))
    found = period(Preset.DAYS, today=TODAY, oldest=OLDEST, days=days)
    assert (found.since, found.until, found.last) == (date(2026, 3, 3), date(2026, 3, 11), date(2026, 3, 10))
    assert found.before == (date(2026, 2, 23), date(2026, 3, 3))


def test_whole_months_are_compared_with_whole_months():
    found = period(Preset.DAYS, today=TODAY, oldest=OLDEST, days=(date(2026, 3, 1), date(2026, 4, 30)))
    assert found.before == (date(2026, 1, 1), date(2026, 3, 1))


def test_the_last_of_a_long_month_is_compared_with_the_whole_short_one():
    assert period(Preset.MONTH, today=date(2026, 3, 31), oldest=OLDEST).before == (date(2026, 2, 1), date(2026, 3, 1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(list(Preset)))
def test_what_is_compared_comes_before_and_is_no_longer(today, preset):
    found = period(preset, today=today, oldest=OLDEST, days=(today, today))
    assert found.since <= found.last < found.until
    assert found.last <= today
    if found.before:
        since, until = found.before
        assert since < until <= found.since


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-300, 300))
def test_months_shift_back_to_the_same_month(day, months):
    assert shifted(shifted(day, months), -months).replace(day=1) == day.replace(day=1)
    assert ONE_DAY.days == 1
