"""Making one file of two: what stays of each. The kept file wins; the other fills its gaps, or wins where chosen."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from pourtous.people.enums import Gender, Status

UNDO_FOR = timedelta(days=30)

# What a person chooses between, and the columns that go together.
PARTS: dict[str, tuple[str, ...]] = {
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "birth_year": ("birth_year",),
    "gender": ("gender",),
    "status": ("status",),
    "commune": ("commune_id", "home_kind"),
    "phone": ("phone",),
    "email": ("email",),
    "postal_address": ("postal_address",),
    "reach": ("reach", "reach_through_id"),
    "language": ("language",),
}
_NOTHING: frozenset[Any] = frozenset({None, "", Gender.UNKNOWN.value, Status.UNKNOWN.value})


def is_told(value: Any) -> bool:
    """Whether a column says something."""
    return value not in _NOTHING


def differs(kept: Mapping[str, Any], absorbed: Mapping[str, Any], part: str) -> bool:
    """Whether both files say something, and not the same: then somebody chooses."""
    first = PARTS[part][0]
    return is_told(kept[first]) and is_told(absorbed[first]) and kept[first] != absorbed[first]


def merged(kept: Mapping[str, Any], absorbed: Mapping[str, Any], take: Collection[str]) -> dict[str, Any]:
    """The columns of the kept file that change. `take`: the parts in which the other file wins."""
    changed: dict[str, Any] = {}
    for part, columns in PARTS.items():
        first = columns[0]
        fills = is_told(absorbed[first]) and not is_told(kept[first])
        if fills or (part in take and is_told(absorbed[first])):
            changed |= {column: absorbed[column] for column in columns if absorbed[column] != kept[column]}
    return changed
