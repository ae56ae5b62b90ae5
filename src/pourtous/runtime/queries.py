"""Reading jobs."""

from typing import Any

from django.db.models import QuerySet

from pourtous.runtime.models import Job, StoredFile


def jobs_of(user: Any) -> QuerySet[Job]:
    """What a user started, newest first."""
    return Job.objects.filter(started_by=user)


def figures(job: Job) -> list[tuple[str, Any]]:
    """What is short enough in a result to be read at once: its numbers and short texts, by name."""
    kept = {"message", "link", "file"}
    return [
        (name.replace("_", " "), value)
        for name, value in (job.result or {}).items()
        if name not in kept and isinstance(value, int | float | str) and len(str(value)) < 80  # noqa: PLR2004
    ]


def report_of(job: Job) -> StoredFile | None:
    """The file a job left, when it left one and it is still there."""
    identity = (job.result or {}).get("file")
    return StoredFile.objects.filter(id=identity).first() if identity else None
