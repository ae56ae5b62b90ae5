"""What the page of an activity shows: its facts in words, and its history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Dimension,
    Equipment,
    Orientation,
    PlaceKind,
    Procedure,
    Topic,
    label_of,
)
from pourtous.activities.models import Activity, AnonymousCount
from pourtous.activities.rows import kind_of, labels, where_of
from pourtous.activities.rules.facts import Count, not_told
from pourtous.activities.rules.lengths import length
from pourtous.agenda.enums import Level
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.ui import format as written

Fact = tuple[str, str]
_DIMENSIONS: dict[str, Any] = {Dimension.GENDER: Gender, Dimension.AGE: AgeBand, Dimension.STATUS: Status}


def summary(activity: Activity) -> list[Fact]:
    """An activity in a few lines, without names: to be compared with what a device holds."""
    said = [(_("Day"), written.day(activity.day, year=True)), (_("Kind"), kind_of(activity))]
    said.append((_("Participants"), str(activity.participant_count)))
    return [*said, *facts_shown(activity)]


def facts_shown(activity: Activity) -> list[Fact]:
    """Label and value of all that was told, people and free text apart."""
    return [(label, value) for label, value in _facts(activity) if value]


def _facts(activity: Activity) -> Iterator[Fact]:
    yield _("Name of the workshop"), activity.title
    yield _("Where?"), where_of(activity)
    yield _("How long?"), length(activity.minutes)
    yield _("Topics"), ", ".join(labels(Topic, activity.topics))
    yield _("Procedures"), ", ".join(labels(Procedure, activity.procedures))
    yield _("Equipment"), ", ".join(labels(Equipment, activity.equipment))
    yield _("How the person did it"), str(label_of(Autonomy, activity.autonomy)) if activity.autonomy else ""
    yield _("Level"), str(label_of(Level, activity.level)) if activity.level else ""
    sent_on = str(label_of(Orientation, activity.orientation)) if activity.orientation else ""
    yield _("Sent on to"), f"{sent_on} ({activity.oriented_to})" if activity.oriented_to else sent_on
    yield _("What came of it"), activity.get_orientation_outcome_display() if activity.orientation_outcome else ""
    yield _("Tags"), ", ".join(tag.name for tag in activity.tags.all())
    yield from counted(activity)


def counted(activity: Activity) -> Iterator[Fact]:
    """Anonymous participants of a dimension on one line, with those not told of."""
    rows: list[AnonymousCount] = list(activity.anonymous_counts.all())
    left = not_told(tuple(Count(r.dimension, r.value, r.count) for r in rows), activity.anonymous_count)
    for dimension in Dimension:
        told = [row for row in rows if row.dimension == dimension]
        if not told:
            continue
        words = [f"{_value(row)} : {row.count}" for row in told]
        if left[dimension] > 0:
            words.append(_("not told: %(count)s") % {"count": left[dimension]})
        yield str(dimension.label), ", ".join(words)


def _value(row: AnonymousCount) -> str:
    known = _DIMENSIONS.get(row.dimension)
    return str(label_of(known, row.value)) if known else _("yes")


@dataclass(frozen=True)
class Change:
    """One edit: when, by whom, and what was said before."""

    at: datetime
    by: str
    was: list[Fact]


def history(activity: Activity) -> list[Change]:
    """Edits, the last first."""
    versions = activity.versions.select_related("by")
    return [Change(one.at, one.by.name if one.by else "", _was(one.was)) for one in versions]


def _listed(kind: Any) -> Callable[[Any], str]:
    return lambda value: ", ".join(labels(kind, value if isinstance(value, list) else [value] if value else []))


_WRITTEN: dict[str, tuple[str | Promise, Callable[[Any], str]]] = {
    "kind": (lazy("Kind"), _listed(ActivityKind)),
    "day": (lazy("Day"), lambda value: written.day(datetime.fromisoformat(value), year=True)),
    "minutes": (lazy("How long?"), length),
    "place_kind": (lazy("Where?"), _listed(PlaceKind)),
    "topics": (lazy("Topics"), _listed(Topic)),
    "procedures": (lazy("Procedures"), _listed(Procedure)),
    "equipment": (lazy("Equipment"), _listed(Equipment)),
    "autonomy": (lazy("How the person did it"), _listed(Autonomy)),
    "level": (lazy("Level"), _listed(Level)),
    "orientation": (lazy("Sent on to"), _listed(Orientation)),
    "oriented_to": (lazy("Name of the structure"), str),
    "title": (lazy("Name of the workshop"), str),
    "anonymous_count": (lazy("Others, without file"), str),
}
_OTHERS: dict[str, str | Promise] = {
    "notes": lazy("Notes"),
    "procedure_name": lazy("Name of the procedure"),
    "persons": lazy("Participants"),
    "counts": lazy("Counts"),
    "tags": lazy("Tags"),
    "place": lazy("Place"),
    "insee_code": lazy("Commune"),
    "unit": lazy("For which team"),
    "is_one_off": lazy("A help in passing"),
    "appointment": lazy("Appointment"),
    "session": lazy("Session"),
}


def _was(was: dict[str, Any]) -> list[Fact]:
    return [_shown(name, value) for name, value in was.items()]


def _shown(name: str, value: Any) -> Fact:
    if name in _WRITTEN:
        label, write = _WRITTEN[name]
        return str(label), write(value) or "–"
    return str(_OTHERS.get(name, name)), _("changed")
