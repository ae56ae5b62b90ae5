"""Work that comes back: declared in an app's `tasks.py`, started by `pourtous tick` (run every minute)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from pourtous.kernel import clock
from pourtous.kernel.clock import PARIS, paris
from pourtous.runtime.models import ScheduledRun

log = logging.getLogger(__name__)

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
GIVEN_UP_AFTER = timedelta(hours=1)

Work = Callable[[datetime], object]


@dataclass(frozen=True)
class Scheduled:
    """One work that comes back. `slot(now)` is the last moment it was due."""

    name: str
    run: Work
    slot: Callable[[datetime], datetime]


_scheduled: dict[str, Scheduled] = {}


def every(*, minutes: int) -> Callable[[Work], Work]:
    """Run `def work(now: datetime)` every so many minutes, counted from midnight UTC. Doing it twice must do no harm.

    It should be short; what is long starts a job.
    """

    def slot(now: datetime) -> datetime:
        step = minutes * 60
        return datetime.fromtimestamp(now.timestamp() // step * step, tz=UTC)

    return lambda work: _declare(work, slot)


def daily(*, hour: int) -> Callable[[Work], Work]:
    """Run `def work(now: datetime)` once a day, from this hour in Paris on."""

    def slot(now: datetime) -> datetime:
        day = paris(now).date()
        due = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
        if due > now:
            day -= timedelta(days=1)
            due = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
        return due.astimezone(UTC)

    return lambda work: _declare(work, slot)


def _declare(work: Work, slot: Callable[[datetime], datetime]) -> Work:
    name = f"{work.__module__}.{work.__qualname__}"
    _scheduled[name] = Scheduled(name, work, slot)
    return work


def scheduled() -> dict[str, Scheduled]:
    """All scheduled work by name."""
    return dict(sorted(_scheduled.items()))


def tick(now: datetime) -> list[str]:
    """Run what is due and not yet taken by another tick. Returns the names run; a failure stops no other."""
    return [one.name for one in scheduled().values() if _take(one, now) and _run(one, now)]


def _take(one: Scheduled, now: datetime) -> bool:
    """Whether this tick has the run: one guarded UPDATE, so that two ticks never both do.

    A run whose process died (begun an hour ago, never finished) may be taken again.
    """
    slot = one.slot(now)
    ScheduledRun.objects.get_or_create(name=one.name, defaults={"slot": _NEVER})
    free = Q(slot__lt=slot) | Q(finished_at=None, started_at__lt=now - GIVEN_UP_AFTER)
    taken = ScheduledRun.objects.filter(free, name=one.name).update(slot=slot, started_at=now, finished_at=None)
    return taken == 1


def _run(one: Scheduled, now: datetime) -> bool:
    error = ""
    try:
        one.run(now)
    except Exception as failure:
        log.exception("scheduled %s failed", one.name)
        error = type(failure).__name__
    ScheduledRun.objects.filter(name=one.name, started_at=now).update(finished_at=clock.now(), error=error)
    return True
