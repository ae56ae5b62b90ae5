"""Background work of activities."""

from collections.abc import Iterator
from datetime import datetime

from pourtous.activities.operations import months
from pourtous.activities.queries import agreement
from pourtous.runtime.schedule import every
from pourtous.runtime.verification import check


@every(minutes=5)
def count_months_again(now: datetime) -> None:  # noqa: ARG001 (what ticks give)
    """Count the months that changed since they were counted."""
    months.count_again()


@check("Figures counted ahead are those of the activities")
def _figures() -> Iterator[str]:
    yield from agreement.faults()
