"""What an activity says, whoever says it: a form, an entry typed offline, an import."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from pourtous.activities.enums import ActivityKind, Dimension, PlaceKind

NOT_COPIED = frozenset({"notes", "procedure_name"})  # free text about people: versions do not keep what it was


# What was done, as every source tells it; then all that facts and a recorded activity call by the same name.
DONE = ("topics", "procedures", "procedure_name", "equipment", "autonomy", "level", "title", "notes", "orientation")
TOLD = ("kind", "day", "minutes", "place_kind", *DONE)
SAME = (*TOLD, "is_one_off", "oriented_to", "anonymous_count")


@dataclass(frozen=True, order=True)
class Count:
    """Of the anonymous participants, `count` were of this value (`Dimension`, then a value of its list)."""

    dimension: str
    value: str
    count: int


HELPED_BEFORE = "oui"  # the only value of `Dimension.KNOWN`


@dataclass(frozen=True, kw_only=True)
class ActivityFacts:
    """All that is told of an activity. Ids are keys of rows; lists keep the order in which they were told.

    `minutes` is a length; `insee_code` the commune where it took place, when no place of the directory says it.
    """

    kind: str
    unit: UUID
    day: date
    minutes: int
    place_kind: str
    topics: tuple[str, ...]
    is_one_off: bool = False
    place: UUID | None = None
    insee_code: str = ""
    procedures: tuple[str, ...] = ()
    procedure_name: str = ""
    equipment: tuple[str, ...] = ()
    autonomy: str = ""
    level: str = ""
    title: str = ""
    notes: str = ""
    orientation: str = ""
    oriented_to: str = ""
    persons: tuple[UUID, ...] = ()
    anonymous_count: int = 0
    counts: tuple[Count, ...] = ()
    tags: tuple[UUID, ...] = ()
    appointment: UUID | None = None
    session: UUID | None = None

    @property
    def participant_count(self) -> int:
        """All who took part: the accompaniments of the activity."""
        return len(self.persons) + self.anonymous_count

    @property
    def is_workshop(self) -> bool:
        """Whether it is told as a workshop."""
        return self.kind == ActivityKind.WORKSHOP

    @property
    def is_at_a_place(self) -> bool:
        """Whether a place of the directory is named."""
        return self.place_kind == PlaceKind.PLACE


def plain(facts: ActivityFacts) -> dict[str, Any]:
    """The facts as JSON holds them; what has no order is sorted, so that equal facts are written alike."""
    written = json.loads(json.dumps(asdict(facts), default=str))
    for name in ("persons", "tags", "equipment", "topics", "procedures"):
        written[name] = sorted(written[name])
    written["counts"] = sorted([c.dimension, c.value, c.count] for c in facts.counts if c.count)
    return dict(written)


def same(one: ActivityFacts, other: ActivityFacts) -> bool:
    """Whether both say the same, whatever the order of their lists."""
    return plain(one) == plain(other)


def mark(facts: ActivityFacts) -> str:
    """The facts in 64 letters: the same for the same facts."""
    return hashlib.sha256(json.dumps(plain(facts), sort_keys=True).encode()).hexdigest()


def was(before: ActivityFacts, after: ActivityFacts) -> dict[str, Any]:
    """What `before` said where `after` says otherwise; of free text about people only that it changed."""
    old, new = plain(before), plain(after)
    changed = (field.name for field in fields(ActivityFacts) if old[field.name] != new[field.name])
    return {name: None if name in NOT_COPIED else old[name] for name in changed}


def told(counts: tuple[Count, ...], dimension: Dimension) -> int:
    """How many anonymous participants are told of in a dimension."""
    return sum(count.count for count in counts if count.dimension == dimension)


def not_told(counts: tuple[Count, ...], anonymous_count: int) -> Mapping[Dimension, int]:
    """For each dimension how many are not told of: computed, never typed."""
    return {dimension: anonymous_count - told(counts, dimension) for dimension in Dimension}
