"""Registering for sessions, and giving a seat back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.agenda.enums import Booker, CourseState, RegistrationState, SessionState
from pourtous.agenda.models import CourseRun, Registration, Session
from pourtous.agenda.operations.seats import REGISTERED, WAITING, all_locked, give_back, locked, take_seat
from pourtous.agenda.operations.telling import tell_registered
from pourtous.agenda.rules.contacts import Somebody, contact_key, read_email
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import uuid7
from pourtous.kernel.text import clean
from pourtous.people.models import Person
from pourtous.people.rules.phones import read_phone

MAX_NAME = 80
# Longer than that, a waiting list is a lie; it also bounds what a machine could fill.
MAX_WAITING = 50


@dataclass(frozen=True)
class Attendee:
    """Who comes. `is_for_other`: phone and e-mail are those of who registers them (a relative, a neighbour)."""

    person: Person | None = None
    first_name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "fr"
    is_for_other: bool = False


@dataclass(frozen=True)
class _Way:
    """How a registration came about."""

    through: Booker
    actor: Any | None
    now: datetime
    came_from: Session | None
    prescriber_unit: Unit | None
    together: UUID | None = None


@transaction.atomic
def register(
    *,
    session: Session,
    who: Somebody,
    through: Booker,
    actor: Any | None,
    now: datetime,
    came_from: Session | None = None,
    prescriber_unit: Unit | None = None,
) -> Registration:
    """A seat, or a place on the waiting list when there is none: `state` says which.

    The same person registering again gets the same registration. Raises DomainError (fields `first_name`, `phone`,
    `email`) when somebody cannot be reached, or when the session takes nobody any more.
    """
    known = _known(who, through)
    way = _Way(through, actor, now, came_from, prescriber_unit)
    return _register(locked(session), known, way)


@transaction.atomic
def register_for_run(
    *,
    run: CourseRun,
    who: Somebody,
    through: Booker,
    actor: Any | None,
    now: datetime,
    came_from: Session | None = None,
    prescriber_unit: Unit | None = None,
) -> list[Registration]:
    """All the sessions of a run that are still to come, at once; some may be on the waiting list. In order of date."""
    known = _known(who, through)
    coming = run.sessions.filter(state=SessionState.PLANNED, starts_at__gt=now)
    sessions = all_locked(coming)
    if not sessions:
        raise DomainError(_("This course has begun or is over. Choose another date."))
    before = _same(known).filter(session__in=sessions).exclude(together=None)
    together = before.values_list("together", flat=True).first() or uuid7()
    way = _Way(through, actor, now, came_from, prescriber_unit, together)
    return [_register(session, known, way) for session in sessions]


def _known(who: Somebody, through: Booker) -> Attendee:
    """Who comes, put straight."""
    if who.person is not None:
        return Attendee(person=who.person, first_name=who.person.first_name, language=who.person.language)
    first_name, phone, email = clean(who.first_name), read_phone(who.phone), read_email(who.email)
    if not first_name:
        raise DomainError(_("Write the first name of who comes."), field="first_name")
    if len(first_name) > MAX_NAME:
        raise DomainError(_("Write only the first name."), field="first_name")
    if phone is None:
        raise DomainError(_("This phone number cannot be right. Example: 06 39 98 00 01."), field="phone")
    if email is None:
        raise DomainError(_("This e-mail cannot be right. Example: odile@exemple.fr."), field="email")
    if not phone and not email and through is not Booker.COLLEAGUE:
        raise DomainError(_("Write a phone number or an e-mail, so that we can warn you."), field="phone")
    is_for_other = bool(getattr(who, "is_for_other", False))
    return Attendee(None, first_name, phone, email, who.language, is_for_other)


def _same(who: Attendee) -> Any:
    """Registrations of the same person that still count."""
    counting = Registration.objects.exclude(state=RegistrationState.CANCELLED)
    if who.person is not None:
        return counting.filter(person=who.person)
    key = contact_key(who.phone, who.email, who.first_name)
    return counting.filter(contact_key=key) if key else counting.none()


def _register(session: Session, who: Attendee, way: _Way) -> Registration:
    """One registration in a locked session."""
    before: Registration | None = _same(who).filter(session=session).first()
    if before is not None:
        return _join(before, way)
    _refuse_what_is_over(session, way)
    state, rank = take_seat(session)
    if state is WAITING:
        _refuse_a_long_list(session)
    made = Registration.objects.create(
        session=session,
        person=who.person,
        first_name="" if who.person else who.first_name,
        phone=who.phone,
        email=who.email,
        contact_key=contact_key(who.phone, who.email, who.first_name),
        is_for_other=who.is_for_other,
        language=who.language,
        rank=rank,
        together=way.together,
        state=state,
        through=way.through,
        by=way.actor if way.actor is not None and way.actor.pk else None,
        prescriber_unit=way.prescriber_unit,
        came_from=way.came_from,
        created_at=way.now,
        state_changed_at=way.now,
    )
    record(actor=way.actor, verb="agenda.register", subject=session, now=way.now, details={"state": state.value})
    if way.through is not Booker.PUBLIC and _is_first(made):
        tell_registered(made, now=way.now)
    return made


def _is_first(made: Registration) -> bool:
    """Whether it is the first of those made together: a whole run is told once."""
    return made.together is None or not Registration.objects.filter(together=made.together).exclude(pk=made.pk).exists()


def _join(before: Registration, way: _Way) -> Registration:
    """The registration that is there already, now one of those made together."""
    if way.together is not None and before.together is None:
        before.together = way.together
        before.save(update_fields=["together"])
    return before


def _refuse_what_is_over(session: Session, way: _Way) -> None:
    if session.state == SessionState.CANCELLED:
        raise DomainError(_("This session is cancelled. Choose another date."))
    ends = session.starts_at if way.through is not Booker.COLLEAGUE else session.ends_at
    if session.state == SessionState.HELD or ends <= way.now:
        raise DomainError(_("This session has begun or is over. Choose another date."))
    is_shown = session.is_open and session.course.state == CourseState.PUBLISHED
    if way.through is not Booker.COLLEAGUE and not is_shown:
        raise DomainError(_("One does not register here for this session. Call us."))


def _refuse_a_long_list(session: Session) -> None:
    if Registration.objects.filter(session=session, state=WAITING).count() >= MAX_WAITING:
        raise DomainError(_("This session is full, and its waiting list too. Choose another date."))


@transaction.atomic
def cancel_registration(*, registration: Registration, by_person: bool, actor: Any | None, now: datetime) -> None:
    """Give a seat or a place on the waiting list back; the first who waits gets the seat. Twice does no harm.

    Raises DomainError once the session has begun: it is attendance then.
    """
    session = locked(registration.session)
    _cancel(registration, session, by_person=by_person, actor=actor, now=now)


@transaction.atomic
def cancel_together(*, registration: Registration, by_person: bool, actor: Any | None, now: datetime) -> int:
    """Give back all that was registered with this one and is still to come. Returns how many."""
    others = together_with(registration).filter(state__in=(REGISTERED, WAITING), session__starts_at__gt=now)
    rows = list(others.select_related("session"))
    sessions = {session.pk: session for session in all_locked([row.session for row in rows])}
    for row in rows:
        _cancel(row, sessions[row.session_id], by_person=by_person, actor=actor, now=now)
    return len(rows)


def together_with(registration: Registration) -> Any:
    """This registration and those made with it."""
    if registration.together is None:
        return Registration.objects.filter(pk=registration.pk)
    return Registration.objects.filter(together=registration.together)


def _cancel(registration: Registration, session: Session, *, by_person: bool, actor: Any | None, now: datetime) -> None:
    state = Registration.objects.values_list("state", flat=True).get(pk=registration.pk)
    if state == RegistrationState.CANCELLED:
        registration.state = RegistrationState.CANCELLED
        return
    if state not in {REGISTERED, WAITING} or (by_person and session.starts_at <= now):
        raise DomainError(_("This session has begun or is over: nothing can be cancelled any more."))
    Registration.objects.filter(pk=registration.pk).update(state=RegistrationState.CANCELLED, state_changed_at=now)
    if state == REGISTERED:
        give_back(session, now)
    record(
        actor=actor,
        verb="agenda.cancel_registration",
        subject=session,
        now=now,
        details={"by_person": by_person, "was": state},
    )
    registration.refresh_from_db(fields=["state", "state_changed_at"])
