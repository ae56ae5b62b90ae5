"""What comes back, and what is proved."""

from collections.abc import Iterator

from pourtous.agenda.queries import agreement
from pourtous.runtime.verification import check


@check("Time taken is time booked")
def _ticks() -> Iterator[str]:
    yield from agreement.faults()
