"""Activities as the counting rules read them: three queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from pourtous.activities.models import Activity, AnonymousCount, Participation
from pourtous.activities.rules.tally import Counted, Participant

_COLUMNS = (
    "kind",
    "is_one_off",
    "minutes",
    "place_kind",
    "place_id",
    "insee_code",
    "topics",
    "procedures",
    "equipment",
    "autonomy",
    "level",
    "orientation",
    "orientation_outcome",
    "source",
    "participant_count",
    "anonymous_count",
)


def counted(activities: QuerySet[Activity]) -> Iterator[Counted]:
    """What is counted of these activities; removed ones are the caller's business."""
    return (one for _whose, one in counted_by_mediator(activities))


Whose = tuple[Any, Any]  # keys of a unit and of a mediator


def counted_by_mediator(activities: QuerySet[Activity]) -> Iterator[tuple[Whose, Counted]]:
    """The same, each with the unit and the mediator it is of."""
    keys = activities.order_by().values("pk")
    people = _participants(keys)
    anonymous = _anonymous(keys)
    rows = activities.order_by().values_list("pk", "unit_id", "mediator_id", *_COLUMNS)
    for pk, unit, mediator, *values in rows.iterator():
        facts = dict(zip(_COLUMNS, values, strict=True))
        facts["place"] = str(facts.pop("place_id") or "")
        facts["outcome"] = facts.pop("orientation_outcome")
        yield (unit, mediator), Counted(**facts, participants=people.get(pk, ()), anonymous=anonymous.get(pk, ()))


def _participants(keys: Any) -> dict[Any, list[Participant]]:
    rows = Participation.objects.filter(activity__in=keys).order_by()
    found: dict[Any, list[Participant]] = defaultdict(list)
    for key, *values in rows.values_list("activity_id", *Participant._fields).iterator():
        found[key].append(Participant(*values))
    return found


def _anonymous(keys: Any) -> dict[Any, list[tuple[str, str, int]]]:
    rows = AnonymousCount.objects.filter(activity__in=keys).order_by()
    found: dict[Any, list[tuple[str, str, int]]] = defaultdict(list)
    for key, dimension, value, count in rows.values_list("activity_id", "dimension", "value", "count").iterator():
        found[key].append((dimension, value, count))
    return found
