"""What happens in the agenda, for apps above: published inside the transaction of the operation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pourtous.kernel.events import Event


@dataclass(frozen=True)
class AppointmentBooked(Event):
    """Somebody has an appointment."""

    appointment_id: UUID
    at: datetime


@dataclass(frozen=True)
class AppointmentMoved(Event):
    """It is at another hour, place or with somebody else; `was_at` is when it began before."""

    appointment_id: UUID
    was_at: datetime
    at: datetime


@dataclass(frozen=True)
class AppointmentCancelled(Event):
    """It will not take place; its hour is free again. `reason`: in our words, for who is told."""

    appointment_id: UUID
    by_person: bool
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class AppointmentSettled(Event):
    """It was said what became of it: "honoured", "missed", or "booked" again when a slip is put right."""

    appointment_id: UUID
    state: str
    at: datetime


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
