"""Until when a pass is taken, and when its tranche opens.

Two limits, the nearer one holds: the vintage with its tolerance (the real scheme: 31 December and one month), and a
shorter life counted from hand-over (a longer validity did not raise use: it was forgotten in a drawer). Days are those
of Paris; the last day counts to its end, whatever the clock does that night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Life:
    """How long the passes of a campaign live: `last_day` of the vintage, days of `tolerance`, `days` from hand-over."""

    last_day: date
    tolerance: int = 0
    days: int | None = None

    @property
    def latest(self) -> date:
        """The last day on which any pass of the campaign is taken."""
        return self.last_day + timedelta(days=self.tolerance)

    def last_day_of(self, handed_on: date) -> date:
        """The last day on which a book handed over on this day is taken. What is printed says no more than this."""
        if self.days is None:
            return self.latest
        return min(self.latest, handed_on + timedelta(days=self.days))


def tranche_of(position: int, tranches: Sequence[int]) -> int:
    """How many sessions must have been attended before the pass at this position (from 1) is taken.

    `tranches` counts passes: (4, 6) opens four at once, six after the first session. ValueError beyond their sum.
    """
    seen = 0
    for number, count in enumerate(tranches):
        seen += count
        if position <= seen:
            return number
    msg = f"there is no pass {position} in {sum(tranches)}"
    raise ValueError(msg)


def are_tranches(tranches: Sequence[int], passes: int) -> bool:
    """Whether these tranches share out so many passes, none of them empty."""
    return (
        bool(tranches) and all(isinstance(count, int) and count > 0 for count in tranches) and sum(tranches) == passes
    )
