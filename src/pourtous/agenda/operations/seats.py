"""Seats of one session: taken, given back and handed to who waits, always under the session's own row.

Each operation locks the session first (`locked`), then takes a seat by a guarded UPDATE: the counter of taken seats and
the rows that hold them move together, on both databases.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from pourtous.agenda.enums import RegistrationState, SessionState
from pourtous.agenda.events import RegistrationPromoted
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.telling import tell_promoted
from pourtous.kernel.events import publish

WAITING = RegistrationState.WAITING
REGISTERED = RegistrationState.REGISTERED


def locked(session: Session) -> Session:
    """The session as it is now; nobody else changes its seats until the transaction ends."""
    return Session.objects.select_for_update(of=("self",)).select_related("course", "unit").get(pk=session.pk)


def all_locked(sessions: Iterable[Session]) -> list[Session]:
    """Several sessions locked in one order, so that two transactions never wait for each other; by date."""
    wanted = Session.objects.filter(pk__in=[one.pk for one in sessions])
    rows = wanted.select_for_update(of=("self",)).select_related("course", "unit").order_by("pk")
    return sorted(rows, key=lambda one: (one.starts_at, one.pk))


def take_seat(session: Session) -> tuple[RegistrationState, int]:
    """A seat if there is one, else a place at the end of the waiting list; with the rank in the queue."""
    row = Session.objects.filter(pk=session.pk)
    has_seat = row.filter(registered__lt=F("seats")).update(registered=F("registered") + 1, queue=F("queue") + 1)
    if not has_seat:
        row.update(queue=F("queue") + 1)
    rank = row.values_list("queue", flat=True).get()
    return (REGISTERED if has_seat else WAITING), rank


def add_seat(session: Session) -> int:
    """A seat for somebody who is there already: the room has one more when it was full. Gives the rank."""
    row = Session.objects.filter(pk=session.pk)
    row.update(seats=Greatest("seats", F("registered") + 1))  # first: the constraint holds after each statement
    row.update(registered=F("registered") + 1, queue=F("queue") + 1)
    return row.values_list("queue", flat=True).get()


def give_back(session: Session, now: datetime) -> None:
    """One seat is free again; the first who waits gets it at once, if the session is still to come."""
    Session.objects.filter(pk=session.pk).update(registered=F("registered") - 1)
    promote(session, now)


def promote(session: Session, now: datetime) -> None:
    """Hand free seats to those who wait, in their order. Nothing once the session has begun."""
    row = Session.objects.filter(pk=session.pk, state=SessionState.PLANNED, starts_at__gt=now)
    waiting = Registration.objects.filter(session=session, state=WAITING).order_by("rank", "id")
    for registration in waiting.select_related("session__course", "session__place", "session__commune", "person"):
        if not row.filter(registered__lt=F("seats")).update(registered=F("registered") + 1):
            break
        Registration.objects.filter(pk=registration.pk).update(state=REGISTERED, state_changed_at=now)
        registration.state = REGISTERED
        tell_promoted(registration, now=now)
        publish(RegistrationPromoted(registration_id=registration.pk, session_id=session.pk, at=now))
