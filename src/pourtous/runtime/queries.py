"""Reading jobs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from pourtous.runtime.models import Job, StoredFile

# How figures of results are called; a name that is not here shows as it is.
FIGURES = {
    "rows": _("Rows read"),
    "created": _("Created"),
    "updated": _("Updated"),
    "unchanged": _("Unchanged"),
    "rejected": _("Rejected"),
    "warnings": _("Warnings"),
    "source": _("Source"),
    "format": _("Format"),
}
_NOT_FIGURES = frozenset({"message", "link", "file"})
_SHORT = 80  # characters


def jobs_of(user: Any) -> QuerySet[Job]:
    """What a user started, newest first."""
    return Job.objects.filter(started_by=user)


def figures(job: Job) -> list[tuple[str, str]]:
    """What is short enough in a result to be read at once: its numbers and short texts, by name."""
    return [
        (str(FIGURES.get(name, name.replace("_", " "))), _written(value))
        for name, value in (job.result or {}).items()
        if name not in _NOT_FIGURES and isinstance(value, int | float | str) and len(str(value)) < _SHORT
    ]


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else str(number_format(value, force_grouping=True))


def report_of(job: Job) -> StoredFile | None:
    """The file a job left, when it left one and it is still there."""
    identity = (job.result or {}).get("file")
    return StoredFile.objects.filter(id=identity).first() if identity else None
