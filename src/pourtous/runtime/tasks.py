"""Housekeeping of the platform itself."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from pourtous.runtime import files, idempotency, jobs
from pourtous.runtime.schedule import daily, every

QUEUE_KEPT_FOR = timedelta(days=14)


@every(minutes=5)
def sweep_jobs(now: datetime) -> None:
    """Jobs whose worker died."""
    jobs.sweep(now=now)


@daily(hour=3)
def purge_old(now: datetime) -> None:
    """Files, jobs, remembered answers and queue entries whose time has come."""
    files.purge(now=now)
    jobs.purge(now=now)
    idempotency.purge(now=now)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - QUEUE_KEPT_FOR).delete()
