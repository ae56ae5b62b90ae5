"""How long a check of a criterion counts."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

ENDING_DAYS = 30  # how long before its end one is told


class CriterionState(StrEnum):
    """What a check is worth on a day."""

    VALID = "valid"
    ENDING = "ending"  # valid, and over within ENDING_DAYS
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def default_end(kind: str, checked_on: date, months: Mapping[str, int]) -> date | None:
    """The first day on which a check no longer counts, by the settings; None when it counts until withdrawn."""
    length = months.get(kind, 12)
    return add_months(checked_on, length) if length else None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state_on(valid_until: date | None, withdrawn_on: date | None, day: date) -> CriterionState:
    """Where a check stands on this day."""
    if withdrawn_on is not None and withdrawn_on <= day:
        return CriterionState.WITHDRAWN
    if valid_until is None:
        return CriterionState.VALID
    if valid_until <= day:
        return CriterionState.EXPIRED
    return CriterionState.ENDING if valid_until <= day + timedelta(days=ENDING_DAYS) else CriterionState.VALID
