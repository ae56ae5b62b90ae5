"""Whether what is taken agrees with what is booked: what `pourtous verify` proves."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from pourtous.agenda.enums import AppointmentState, SessionState
from pourtous.agenda.models import Appointment, Session, Tick
from pourtous.agenda.rules.occupied_time import Span, span_of

_HOLDING = (AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.HONOURED, AppointmentState.MISSED)
_KEPT = (SessionState.PLANNED, SessionState.HELD)
_Taking = tuple[UUID, UUID]  # what took, what is taken


def faults() -> Iterator[str]:
    """A sentence for each appointment or session whose ticks are not exactly its time."""
    booked, taken = expected(), held()
    for taking in sorted(booked.keys() | taken.keys()):
        if booked.get(taking) != taken.get(taking):
            yield f"{taking[0]}: resource {taking[1]} is taken {taken.get(taking)}, booked {booked.get(taking)} (ticks)"


def expected() -> dict[_Taking, Span]:
    """What should be taken."""
    found: dict[_Taking, Span] = {}
    booked = Appointment.with_held.filter(state__in=_HOLDING).order_by()
    for row in booked.values_list("pk", "mediator", "room", "starts_at", "ends_at", "rest_minutes").iterator():
        pk, mediator, room, starts_at, ends_at, rest = row
        found[pk, mediator] = span_of(starts_at, ends_at + timedelta(minutes=rest))
        if room is not None:
            found[pk, room] = span_of(starts_at, ends_at)
    sessions = Session.objects.filter(state__in=_KEPT).order_by()
    for pk, mediator, room, starts_at, ends_at in sessions.values_list(
        "pk", "mediators", "room", "starts_at", "ends_at"
    ):
        found |= {(pk, one): span_of(starts_at, ends_at) for one in (mediator, room) if one is not None}
    return found


def held() -> dict[_Taking, Span]:
    """What is taken; spans with holes, or whose first tick does not tell their length, come out wrong."""
    found: dict[_Taking, Span] = {}
    said: dict[_Taking, int] = {}
    rows = Tick.objects.order_by("resource", "number").values_list(
        "resource", "number", "span", "appointment", "session"
    )
    for resource, number, span, appointment, session in rows.iterator():
        taking = (appointment or session, resource)
        first, last = found.get(taking, (number, number))
        found[taking] = (first, number + 1 if number == last else first)
        said[taking] = said.get(taking, 0) + span
    return {taking: span if said[taking] == span[1] - span[0] else (0, 0) for taking, span in found.items()}
