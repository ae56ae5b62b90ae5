"""What decides whether somebody may see a file."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Sight:
    """One file as permission rules see it: the units that follow the person, and the users who gave a reason.

    `opened_by` holds the users whose reason still counts now (`models.FileOpening`).
    """

    person_id: UUID
    following: frozenset[UUID] = field(default_factory=frozenset)
    opened_by: frozenset[UUID] = field(default_factory=frozenset)
