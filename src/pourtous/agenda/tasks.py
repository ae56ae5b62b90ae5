"""What comes back, and what is proved."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.agenda import course_tasks, desk_tasks  # noqa: F401 (found at start)
from pourtous.agenda.operations import calendars, letting_go
from pourtous.agenda.operations.resources import follow_units
from pourtous.agenda.queries import agreement
from pourtous.kernel import clock
from pourtous.runtime import jobs
from pourtous.runtime.jobs import job
from pourtous.runtime.progress import Progress
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import every
from pourtous.runtime.verification import check

_READ = "agenda.read_calendars"


@check("Time taken is time booked")
def _ticks() -> Iterator[str]:
    yield from agreement.faults()


@retention("agenda.contacts", _("Names and contacts of appointments without a file, six months after"))
def old_contacts(now: datetime, *, dry_run: bool) -> int:
    """The rows stay, for counting."""
    return letting_go.empty_contacts(now=now, dry_run=dry_run)


@retention("agenda.plans", _("Absences and open hours of professionals, one year after they are over"))
def old_plans(now: datetime, *, dry_run: bool) -> int:
    """They go."""
    return letting_go.delete_plans(now=now, dry_run=dry_run)


@every(minutes=10)
def make_agendas(now: datetime) -> int:  # noqa: ARG001 (posts as they are)
    """Whoever works in mediation has an agenda, so that colleagues can book in it."""
    return follow_units()


@every(minutes=15)
def read_outside_calendars(now: datetime) -> int:
    """Start the reading of calendars kept elsewhere, when there are any."""
    found = len(calendars.due(now=now))
    if found:
        jobs.start(_READ, arguments={}, actor=None, now=now)
    return found


@job(_READ, _("Reading of outside calendars"), restartable=True)
def read_calendars(progress: Progress) -> dict[str, Any]:
    """Each calendar that is due; one that does not answer stops no other."""
    rows = calendars.due(now=clock.now())
    progress.start(len(rows))
    read = 0
    for row in rows:
        read += calendars.read(calendar=row, now=clock.now())
        progress.advance()
    return {"calendars": len(rows), "read": read}
