"""Whose activities are counted."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Scope:
    """One of: a mediator's own (`user_id`), a unit's, an organisation's; with none of them, the whole territory's."""

    user_id: UUID | None = None
    unit_id: UUID | None = None
    organisation_id: UUID | None = None
