"""Sessions near somebody for who registers another: a prescriber, the phone desk, the hand-over of a booklet."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from pourtous.agenda.enums import Theme
from pourtous.agenda.models import Session
from pourtous.agenda.queries.catalogue import FoundSession, Wanted, open_sessions, upcoming, upcoming_widening
from pourtous.territories.models import Commune

NEAR_M = 25_000.0
_SHOWN = 10


@dataclass(frozen=True)
class NearSession:
    """The next session of a course held once; `coming` counts those of the same run that one may still join."""

    found: FoundSession
    coming: int

    @property
    def session(self) -> Session:
        """When, where, what."""
        return self.found.session

    @property
    def distance_m(self) -> float | None:
        """Metres, when one looked near a commune."""
        return self.found.distance_m

    @property
    def free_seats(self) -> int:
        """How many seats are left; 0: one waits."""
        return self.found.free_seats


def near_sessions(
    *,
    commune: Commune | None,
    theme: str = "",
    first: date | None = None,
    has_seats: bool = False,
    courses: frozenset[UUID] | None = None,
    now: datetime,
    limit: int = _SHOWN,
) -> list[NearSession]:
    """The next session of each run the public may join, soonest first; within 25 km, else further. Two queries more."""
    wanted = Wanted(
        near=commune.centre if commune else None,
        radius_m=NEAR_M if commune else None,
        themes=(Theme(theme),) if theme in Theme.values else (),
        first=first,
        free_seats=1 if has_seats else 0,
        courses=courses,
        one_a_run=True,
    )
    look = upcoming_widening if commune else upcoming
    found = look(wanted, now=now, limit=limit).items
    coming = _coming({one.session.run_id for one in found}, now)
    return [NearSession(one, coming.get(one.session.run_id, 1)) for one in found]


def joinable_session(code: str, *, now: datetime) -> Session | None:
    """A session one may register somebody for, by its code; None when it is over, cancelled or not shown."""
    rows = open_sessions(now=now).select_related("course__unit", "run", "place", "commune")
    return rows.filter(code=code).first() if code else None


def _coming(runs: set[UUID], now: datetime) -> dict[UUID, int]:
    rows = open_sessions(now=now).filter(run__in=runs).order_by().values("run").annotate(n=Count("pk"))
    return {row["run"]: row["n"] for row in rows}
