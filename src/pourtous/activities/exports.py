"""This app's tables of `pourtous export all`, with a sentence a column."""

from collections.abc import Iterator
from typing import Any

from pourtous.activities.models import Activity
from pourtous.kernel.fields import SEPARATOR
from pourtous.runtime.exports import Column, Rows, table

_COLUMNS = {
    "id": "Key of the row; made by the client, so that an entry arrives once.",
    "kind": "individuel or collectif (La Coop: type_activite).",
    "is_one_off": "A small help in passing.",
    "mediator_id": "Key of the user who did it.",
    "unit_id": "Key of the team it was done for.",
    "day": "Day, in Paris.",
    "minutes": "Length in minutes.",
    "place_kind": "Where (La Coop: type_lieu).",
    "place_id": "Key of the place of the directory.",
    "insee_code": "Commune where it took place, as recorded.",
    "topics": "Topics (La Coop: thematiques), parted by bars.",
    "procedures": "Administrative procedures, parted by bars.",
    "procedure_name": "Name of the procedure, in words.",
    "equipment": "Equipment (La Coop: materiel), parted by bars.",
    "autonomy": "How the person did it (La Coop: autonomie).",
    "level": "Level of a workshop (La Coop: niveau).",
    "title": "Name of a workshop.",
    "notes": "The mediator's notes.",
    "orientation": "Kind of structure the person was sent on to.",
    "oriented_to": "Name of that structure.",
    "orientation_outcome": "What came of it.",
    "outcome_asked_on": "Day on which it was told.",
    "anonymous_count": "Participants without file.",
    "participant_count": "All participants: the accompaniments.",
    "appointment_id": "Key of the appointment it settles.",
    "session_id": "Key of the session it tells of.",
    "source": "Where it was recorded.",
    "source_id": "Id there.",
    "created_at": "When it was recorded, UTC.",
    "modified_at": "When it last changed, UTC.",
    "deleted_at": "When it was removed, UTC; empty: it counts.",
}


@table("activities", "One row an activity, removed ones included", covers=("activities.Activity",))
def activities() -> Rows:
    """All activities, with the names of their tags."""
    columns = [Column(name, sentence) for name, sentence in _COLUMNS.items()]
    return [*columns, Column("tags", "Names of tags, parted by bars.")], _rows()


def _rows() -> Iterator[tuple[Any, ...]]:
    rows = Activity.objects.order_by("day", "pk").prefetch_related("tags")
    for activity in rows.iterator(chunk_size=2000):
        values = (getattr(activity, name) for name in _COLUMNS)
        cells = [SEPARATOR.join(value) if isinstance(value, tuple) else value for value in values]
        yield (*cells, SEPARATOR.join(tag.name for tag in activity.tags.all()))
