"""Reads about imports: what was imported, what was told about it, and which rows wait for a decision."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from pourtous.places.enums import PlaceState, RunState
from pourtous.places.importers.problems import Severity
from pourtous.places.models import Collector, ImportRun, Layer

NONE_SAID = "-"  # in an address, the column of a problem about the whole file


def runs() -> QuerySet[ImportRun]:
    """All imports and previews, newest first, without their reports."""
    return ImportRun.objects.select_related("collector", "started_by").defer("report")


def earlier(run: ImportRun) -> ImportRun | None:
    """The last import of the very same file for the same collector, when there was one."""
    same = ImportRun.objects.filter(
        collector_id=run.collector_id, file_sha256=run.file_sha256, is_dry=False, state=RunState.DONE
    )
    return same.exclude(pk=run.pk).defer("report").first()


def waiting() -> QuerySet[Collector]:
    """Collectors of which rows are gone and wait for a decision, with their number as `gone`."""
    return Collector.objects.filter(layers__in=absences()).annotate(gone=Count("layers")).order_by("code")


def absences(code: str = "") -> QuerySet[Layer]:
    """Rows no longer in their collector's file, whose place is still open and nobody has decided about."""
    found = Layer.objects.filter(absent_since__isnull=False, absence_settled_at=None)
    found = found.exclude(place__state=PlaceState.CLOSED)
    return (found.filter(collector_id=code) if code else found).select_related("place").order_by("local_id")


@dataclass(frozen=True)
class Told:
    """What a report says, narrowed: the problems, and how many there are by severity and by column."""

    problems: list[dict[str, Any]]
    by_severity: dict[str, int]
    by_field: dict[str, int]


def told(run: ImportRun, *, severity: str = "", field: str = "") -> Told:
    """The stored problems of a run, of one severity and one column when asked."""
    whole = run.report.get("problems", [])
    severities = Counter(one["severity"] for one in whole)
    chosen = [one for one in whole if severity in {"", one["severity"]}]
    fields = Counter(one["field"] for one in chosen)
    return Told(
        [one for one in chosen if field in {"", one["field"]}],
        {name: severities[name] for name in Severity if severities[name]},
        dict(sorted(fields.items())),
    )
