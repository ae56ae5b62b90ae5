"""What higher apps may react to: published inside the transaction of the operation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pourtous.kernel.events import Event


@dataclass(frozen=True)
class SessionCancelled(Event):
    """A session will not take place; `registration_ids` are those who had a seat or waited."""

    session_id: UUID
    registration_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True)
class RegistrationPromoted(Event):
    """Somebody who waited has a seat."""

    registration_id: UUID
    session_id: UUID
    at: datetime
