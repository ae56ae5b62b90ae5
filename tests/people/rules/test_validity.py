from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.rules.validity import CriterionState, add_months, default_end, state_on

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months(day, months, end):
    assert add_months(day, months) == end


def test_lengths_come_from_the_settings():
    assert default_end("rsa", DAY, {"rsa": 3}) == date(2027, 2, 23)
    assert default_end("senior", DAY, {"senior": 0}) is None
    assert default_end("new", DAY, {}) == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("valid_until", "withdrawn_on", "state"),
    [
        (None, None, CriterionState.VALID),
        (date(2027, 11, 23), None, CriterionState.VALID),
        (date(2026, 12, 23), None, CriterionState.ENDING),
        (date(2026, 11, 24), None, CriterionState.ENDING),
        (DAY, None, CriterionState.EXPIRED),
        (None, DAY, CriterionState.WITHDRAWN),
        (None, date(2026, 11, 24), CriterionState.VALID),
    ],
)
def test_states(valid_until, withdrawn_on, state):
    assert state_on(valid_until, withdrawn_on, DAY) == state


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 48))
def test_an_end_is_after_its_start(day, months):
    assert add_months(day, months) > day
