"""All columns of activities, one line each, for people who count on their own: CSV that a French spreadsheet opens."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from pourtous.activities.models import Activity
from pourtous.kernel.fields import SEPARATOR
from pourtous.kernel.tables import csv_for_people

# Never names of people; free text only with names.
PLAIN = (
    "id",
    "source",
    "source_id",
    "day",
    "kind",
    "is_one_off",
    "minutes",
    "place_kind",
    "insee_code",
    "topics",
    "procedures",
    "equipment",
    "autonomy",
    "level",
    "title",
    "orientation",
    "oriented_to",
    "orientation_outcome",
    "participant_count",
    "anonymous_count",
    "created_at",
    "modified_at",
)
FREE_TEXT = ("procedure_name", "notes")
_MORE = ("place_code", "place_name", "unit", "mediator", "tags", "anonymous_counts", "people", "first_time")


def csv(rows: QuerySet[Activity], *, with_names: bool) -> bytes:
    """The file: columns by their names in the data dictionary."""
    columns = [*PLAIN, *(FREE_TEXT if with_names else ()), *_MORE, *(("names",) if with_names else ())]
    return csv_for_people(columns, _lines(rows, with_names))


def _lines(rows: QuerySet[Activity], with_names: bool) -> Iterator[list[Any]]:  # noqa: FBT001 (our own caller)
    ready = rows.select_related("place", "unit", "mediator").prefetch_related(
        "participations__person", "anonymous_counts", "tags"
    )
    for one in ready.order_by("day", "created_at", "pk").iterator(chunk_size=1000):
        cells = [_text(getattr(one, name)) for name in (*PLAIN, *(FREE_TEXT if with_names else ()))]
        people = list(one.participations.all())
        cells += [one.place.code if one.place else "", one.place.name if one.place else "", one.unit.name]
        cells += [one.mediator.name, SEPARATOR.join(sorted(tag.name for tag in one.tags.all()))]
        cells.append(SEPARATOR.join(f"{c.dimension}={c.value}:{c.count}" for c in one.anonymous_counts.all()))
        cells += [len(people), sum(person.is_first for person in people)]
        yield [*cells, *([SEPARATOR.join(person.person.name for person in people)] if with_names else [])]


def _text(value: Any) -> Any:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
