"""Housekeeping of the platform itself."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from pourtous.runtime import files, idempotency, jobs
from pourtous.runtime.retention import apply, retention
from pourtous.runtime.schedule import daily, every

QUEUE_KEPT_FOR = timedelta(days=14)


@every(minutes=5)
def sweep_jobs(now: datetime) -> None:
    """Jobs whose worker died."""
    jobs.sweep(now=now)


@daily(hour=3)
def let_go(now: datetime) -> None:
    """Everything whose time is over, of all apps."""
    apply(now=now)


@retention("runtime.files", _("Files sent or made: at the day said when they were stored, thirty days later as a rule"))
def old_files(now: datetime, *, dry_run: bool) -> int:
    """Uploads, reports, and bytes that no row knows."""
    return files.purge(now=now, dry_run=dry_run)


@retention("runtime.jobs", _("Long work, ninety days after it ended"))
def old_jobs(now: datetime, *, dry_run: bool) -> int:
    """Arguments and results with them."""
    return jobs.purge(now=now, dry_run=dry_run)


@retention("runtime.answers", _("Answers remembered for requests that come twice, after a week"))
def old_answers(now: datetime, *, dry_run: bool) -> int:
    """See `idempotency`."""
    return idempotency.purge(now=now, dry_run=dry_run)


@retention("runtime.queue", _("Entries of the work queue, fourteen days after they ended"))
def old_queue(now: datetime, *, dry_run: bool) -> int:
    """Those of the task backend."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - QUEUE_KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]


@retention("runtime.sessions", _("Sessions of professionals, when they end"))
def old_sessions(now: datetime, *, dry_run: bool) -> int:
    """Django itself never deletes those nobody comes back to."""
    over = Session.objects.filter(expire_date__lt=now)
    return over.count() if dry_run else over.delete()[0]
