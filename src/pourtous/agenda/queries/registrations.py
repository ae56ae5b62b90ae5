"""Registrations: by code for who holds it, those of a session for who takes attendance, what an event led to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from pourtous.agenda.enums import SEATED, Format, RegistrationState, SessionState
from pourtous.agenda.models import OutreachCount, Registration, Session

_RELATED = ("session__course__unit__organisation", "session__place", "session__commune", "session__run", "person")


def of_code(code: str) -> Registration | None:
    """The registration a person holds this code of."""
    return Registration.objects.select_related(*_RELATED).filter(code=code).first()


def together(registration: Registration) -> list[Registration]:
    """This registration and those made with it, by date."""
    if registration.together is None:
        return [registration]
    rows = Registration.objects.filter(together=registration.together).select_related(*_RELATED)
    return list(rows.order_by("session__starts_at", "id"))


def waiting_before(registration: Registration) -> int:
    """How many wait before this one."""
    waiting = Registration.objects.filter(session_id=registration.session_id, state=RegistrationState.WAITING)
    return waiting.filter(rank__lt=registration.rank).count()


def event_of_code(code: str) -> Session | None:
    """The event of going to people that a slip names."""
    events = Session.objects.filter(course__format=Format.OUTREACH).exclude(state=SessionState.CANCELLED)
    return events.select_related("place", "commune", "course").filter(code=code).first() if code else None


def of_session(session: Session) -> QuerySet[Registration]:
    """All who have a seat or wait, seats first, in the order of the queue."""
    rows = session.registrations.exclude(state=RegistrationState.CANCELLED).select_related("person", "came_from")
    return rows.order_by("rank", "id")


@dataclass(frozen=True)
class Outcome:
    """What an event of going to people led to."""

    met: int
    by_reason: dict[str, int]
    registered: int
    attended: int


def outcome(event: Session) -> Outcome:
    """Contacts, then registrations that gave the event's code (cancelled ones left out), then those who came."""
    counts = dict(OutreachCount.objects.filter(session=event).values_list("reason", "count"))
    rows = Registration.objects.filter(came_from=event).exclude(state=RegistrationState.CANCELLED)
    led = rows.aggregate(registered=Count("pk"), attended=Count("pk", filter=Q(state=RegistrationState.ATTENDED)))
    return Outcome(sum(counts.values()), counts, led["registered"], led["attended"])


def due_reminders(*, now: datetime, until: datetime) -> QuerySet[Registration]:
    """Seats in sessions that begin before `until`, not reminded yet; not those taken within two days of the session.

    Who registers that late has just been told.
    """
    rows = Registration.objects.filter(
        state=RegistrationState.REGISTERED,
        reminded_at=None,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lte=until,
        created_at__lte=F("session__starts_at") - (until - now),
    )
    return rows.select_related(*_RELATED).order_by("session__starts_at", "id")


def seat_faults() -> list[str]:
    """Sessions whose counter of taken seats is not the number of seats held: none, ever."""
    held = Count("registrations", filter=Q(registrations__state__in=SEATED))
    rows = Session.objects.annotate(held=held).exclude(held=F("registered"))
    return [f"{row.code}: {row.registered} counted, {row.held} held" for row in rows]
