"""Which reminder is due: the days are the campaign's, counted from hand-over."""

from collections.abc import Sequence
from datetime import date


def due_step(days: Sequence[int], *, handed_on: date, today: date, sent: int) -> int:
    """The number (from 1) of the reminder to send now; 0 when none is.

    After a standstill only the last one that is due is sent: nobody gets three at once.
    """
    elapsed = (today - handed_on).days
    reached = sum(day <= elapsed for day in days)
    return reached if reached > sent else 0
