"""Who came: one tap each, or everybody and then the exceptions; put right later without harm."""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Booker, RegistrationState, SessionState
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.prescriber_news import tell_prescribers
from pourtous.agenda.operations.registrations import MAX_NAME, Attendee
from pourtous.agenda.operations.seats import REGISTERED, WAITING, add_seat, locked
from pourtous.agenda.rules.contacts import contact_key, read_email
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.people.models import Person
from pourtous.people.operations import contacted
from pourtous.people.rules.phones import read_phone

CAME = RegistrationState.ATTENDED
MARKS = (REGISTERED, CAME, RegistrationState.ABSENT, RegistrationState.EXCUSED)


@transaction.atomic
def set_attendance(*, registration: Registration, state: RegistrationState, actor: Any, now: datetime) -> Registration:
    """Say that somebody came, did not, or was excused; REGISTERED takes the mark away. The session counts as held.

    Somebody of the waiting list who came gets a seat of their own. Raises DomainError before the day of the session.
    """
    session = _on_the_day(registration.session, now)
    row = Registration.objects.filter(pk=registration.pk)
    if state not in MARKS:
        raise DomainError(_("Choose an answer of the list."))
    if row.filter(state=WAITING).exists() and state is CAME:
        row.update(rank=add_seat(session))
    elif not row.filter(state__in=MARKS).exists():
        raise DomainError(_("This person has no seat any more. Add them as somebody who came."))
    row.update(state=state, state_changed_at=now)
    _hold(session, actor, now)
    if state is CAME and registration.person is not None:
        contacted(person=registration.person, on=paris(session.starts_at).date())
    registration.refresh_from_db()
    tell_prescribers([registration], now=now)
    return registration


@transaction.atomic
def everybody_came(*, session: Session, actor: Any, now: datetime) -> int:
    """All who have a seat and no mark yet came. Returns how many."""
    session = _on_the_day(session, now)
    unmarked = Registration.objects.filter(session=session, state=REGISTERED)
    for row in unmarked.exclude(person=None).select_related("person"):
        contacted(person=cast("Person", row.person), on=paris(session.starts_at).date())
    prescribed = list(unmarked.exclude(prescriber_unit=None).values_list("pk", flat=True))
    count = unmarked.update(state=CAME, state_changed_at=now)
    related = ("by", "prescriber_unit", "person", "session__course")
    tell_prescribers(Registration.objects.filter(pk__in=prescribed).select_related(*related), now=now)
    _hold(session, actor, now)
    return count


@transaction.atomic
def add_walk_in(
    *, session: Session, who: Attendee, actor: Any, now: datetime, came_from: Session | None = None
) -> Registration:
    """Somebody who came without registering: a first name is enough, and the room has one seat more if it was full.

    Who is already registered is marked as having come.
    """
    session = _on_the_day(session, now)
    name, phone, email = clean(who.first_name), read_phone(who.phone), read_email(who.email)
    if who.person is None and not (name and len(name) <= MAX_NAME):
        raise DomainError(_("Write the first name of who came."), field="first_name")
    if phone is None:
        raise DomainError(_("This phone number cannot be right. Example: 06 39 98 00 01."), field="phone")
    key = contact_key(phone, email or "", name) if who.person is None else ""
    same = {"person": who.person} if who.person else {"contact_key": key}
    counting = Registration.objects.filter(session=session).exclude(state=RegistrationState.CANCELLED)
    before = counting.filter(**same).first() if who.person or key else None
    if before is not None:
        return set_attendance(registration=before, state=CAME, actor=actor, now=now)
    made = Registration.objects.create(
        session=session,
        person=who.person,
        first_name="" if who.person else name,
        phone="" if who.person else phone,
        email="" if who.person else email or "",
        contact_key=key,
        language=who.language,
        rank=add_seat(session),
        state=CAME,
        through=Booker.COLLEAGUE,
        by=actor,
        came_from=came_from,
        created_at=now,
        state_changed_at=now,
    )
    if who.person is not None:
        contacted(person=who.person, on=paris(session.starts_at).date())
    _hold(session, actor, now)
    return made


def _on_the_day(session: Session, now: datetime) -> Session:
    """The session, locked, when it is today or past and not cancelled."""
    session = locked(session)
    if session.state == SessionState.CANCELLED:
        raise DomainError(_("This session is cancelled."))
    if paris(session.starts_at).date() > paris(now).date():
        raise DomainError(_("Attendance is taken on the day of the session, or later."))
    return session


def _hold(session: Session, actor: Any, now: datetime) -> None:
    """The session is held once; the journal has one line a change of attendance."""
    Session.objects.filter(pk=session.pk, state=SessionState.PLANNED).update(state=SessionState.HELD)
    record(actor=actor, verb="agenda.take_attendance", subject=session, now=now)
