"""Booking, moving, cancelling and settling appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import APPOINTMENT_MOVES, AppointmentState, Booker, Mode
from pourtous.agenda.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, AppointmentSettled
from pourtous.agenda.models import Appointment, AppointmentKind, Resource
from pourtous.agenda.operations import double_booking
from pourtous.agenda.operations.double_booking import SlotTaken
from pourtous.agenda.queries.load import by_load, is_absent
from pourtous.agenda.queries.slots import Candidate, candidates, next_slots
from pourtous.agenda.rules.occupied_time import day_span, is_on_tick, moment_of
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.events import publish
from pourtous.kernel.text import clean, shorten
from pourtous.people.models import Person
from pourtous.people.operations.persons import contacted
from pourtous.places.models import Place

__all__ = ("SlotTaken", "Who", "book", "cancel", "correct", "move", "settle")
_CANCELLED = (AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_US)


@dataclass(frozen=True)
class Who:
    """Who comes: a person with a file, or a first name and one way to reach them (phone: E.164)."""

    person: Person | None = None
    first_name: str = ""
    phone: str = ""
    email: str = ""
    need: str = ""
    language: str = "fr"
    home_address: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What is written in the appointment."""
        return {
            "person": self.person,
            "first_name": shorten(clean(self.first_name), 80),
            "phone": clean(self.phone)[:20],
            "email": clean(self.email)[:254],
            "need": shorten(clean(self.need), 300),
            "language": self.language,
            "home_address": shorten(clean(self.home_address), 250),
        }


@dataclass(frozen=True)
class _Wish:
    """What is to be booked."""

    kind: AppointmentKind
    starts_at: datetime
    mode: str
    place: Place | None
    mediator: Resource | None
    room: Resource | None
    through: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.kind.minutes)


def book(  # noqa: PLR0913 (each is a fact of the appointment)
    *,
    kind: AppointmentKind,
    starts_at: datetime,
    mode: str,
    place: Place | None = None,
    mediator: Resource | None = None,
    room: Resource | None = None,
    who: Who,
    through: str,
    actor: User | None,
    now: datetime,
    prescriber_unit: Unit | None = None,
    is_held: bool = False,
) -> Appointment:
    """Book somebody in. Without `mediator`, the one with the least to do that week among those who are free.

    A colleague books where they see fit, outside opening hours too, as long as nothing is taken; all others only
    in what is open to them. `is_held`: the hour is only kept, `operations.confirming` says until when. Raises SlotTaken with other slots; DomainError when it cannot be at all.
    """
    wish = _Wish(kind, starts_at, mode, place, mediator, room, through)
    _refuse_wrong(wish, now)
    _refuse_nobody(who, mode, through)
    facts = {
        "kind": kind,
        "unit": kind.unit,
        "rest_minutes": kind.rest_minutes,
        "booked_through": through,
        "booked_by": actor if actor is not None and actor.pk is not None else None,
        "prescriber_unit": prescriber_unit,
        "state": AppointmentState.HELD if is_held else AppointmentState.BOOKED,
        "booked_at": now,
        "state_changed_at": now,
        **who.columns,
    }
    try:
        with transaction.atomic():
            appointment = _placed(Appointment(**facts), wish, now)
            if not is_held:
                publish(AppointmentBooked(appointment.pk, at=now))
            verb = "agenda.hold" if is_held else "agenda.book"
            record(actor=actor, verb=verb, subject=appointment, now=now, details={"through": through})
    except SlotTaken as taken:
        raise _with_others(taken, wish, now) from None
    return appointment


def move(  # noqa: PLR0913 (each is a fact of the appointment)
    *,
    appointment: Appointment,
    starts_at: datetime,
    mode: str | None = None,
    place: Place | None = None,
    mediator: Resource | None = None,
    room: Resource | None = None,
    through: str,
    actor: User | None,
    now: datetime,
) -> Appointment:
    """Give another hour; without `mode`, the same way and place. With the same mediator when they are free then.

    The old hour is free again in the same instant. Raises SlotTaken, and leaves all as it was.
    """
    where = (mode, place) if mode else (appointment.mode, appointment.place)
    stays = appointment.room if where == (appointment.mode, appointment.place) else None
    wish = _Wish(appointment.kind, starts_at, *where, mediator, room or stays, through)
    _refuse_wrong(wish, now)
    try:
        with transaction.atomic():
            held = _held(appointment)
            was_at = held.starts_at
            double_booking.free(appointment=held)
            held.sequence, held.rest_minutes, held.state_changed_at = held.sequence + 1, held.kind.rest_minutes, now
            _placed(held, wish, now)
            publish(AppointmentMoved(held.pk, was_at=was_at, at=now))
            record(actor=actor, verb="agenda.move", subject=held, now=now, details={"through": through})
    except SlotTaken as taken:
        raise _with_others(taken, wish, now) from None
    return held


def cancel(
    *, appointment: Appointment, by_person: bool, reason: str = "", actor: User | None, now: datetime
) -> Appointment:
    """Cancel: the hour is free again. Cancelling what is cancelled changes nothing (two clicks)."""
    state = AppointmentState.CANCELLED_BY_PERSON if by_person else AppointmentState.CANCELLED_BY_US
    with transaction.atomic():
        mine = Appointment.objects.filter(pk=appointment.pk, state=AppointmentState.BOOKED)
        if mine.update(state=state, state_changed_at=now, sequence=F("sequence") + 1):
            double_booking.free(appointment=appointment)
            why = shorten(clean(reason), 120)
            publish(AppointmentCancelled(appointment.pk, by_person=by_person, at=now, reason=why))
            details = {"by_person": by_person, "reason": why}
            record(actor=actor, verb="agenda.cancel", subject=appointment, now=now, details=details)
    appointment.refresh_from_db()
    if appointment.state not in _CANCELLED:
        raise DomainError(_("This appointment has already taken place: it cannot be cancelled."))
    return appointment


def settle(*, appointment: Appointment, state: str, actor: User | None, now: datetime) -> Appointment:
    """Say what became of it: honoured, missed, or booked again to put a slip right. The same twice changes nothing."""
    with transaction.atomic():
        moves = APPOINTMENT_MOVES.items()
        sources = [source for source, targets in moves if state in targets and source != AppointmentState.HELD]
        mine = Appointment.objects.filter(pk=appointment.pk, state__in=sources, starts_at__lte=now)
        if state not in _CANCELLED and mine.update(state=state, state_changed_at=now):
            if appointment.person is not None and state == AppointmentState.HONOURED:
                contacted(person=appointment.person, on=paris(appointment.starts_at).date())
            publish(AppointmentSettled(appointment.pk, state=str(state), at=now))
            record(actor=actor, verb="agenda.settle", subject=appointment, now=now, details={"state": str(state)})
    appointment.refresh_from_db()
    if appointment.state != state:
        raise DomainError(_why_not_settled(appointment, now))
    return appointment


def _why_not_settled(appointment: Appointment, now: datetime) -> str:
    if appointment.state in _CANCELLED:
        return _("This appointment was cancelled.")
    return _("This appointment has not begun yet.") if appointment.starts_at > now else _("Choose one of the answers.")


def correct(*, appointment: Appointment, who: Who, actor: User | None, now: datetime) -> Appointment:
    """Put right who comes and how to reach them; the hour stays."""
    _refuse_nobody(who, appointment.mode, Booker.COLLEAGUE)
    with transaction.atomic():
        held = _held(appointment, state=appointment.state)
        changed = [name for name, value in who.columns.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, who.columns[name])
        if changed:
            held.sequence += 1
            held.save(update_fields=[*changed, "sequence"])
            record(actor=actor, verb="agenda.correct", subject=held, now=now, details={"columns": sorted(changed)})
    return held


def _held(appointment: Appointment, state: str = AppointmentState.BOOKED) -> Appointment:
    """The row, locked; DomainError when something has become of it meanwhile."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("kind__unit", "mediator", "room", "place")
    found = rows.filter(pk=appointment.pk, state=state).first()
    if found is None:
        raise DomainError(_("This appointment has changed meanwhile. Look at it again."))
    return found


def _placed(appointment: Appointment, wish: _Wish, now: datetime) -> Appointment:
    """Written with the first free candidate; SlotTaken when there is none left."""
    is_new = appointment._state.adding  # noqa: SLF001 (Django's own flag)
    for candidate in _ranked(appointment, wish, now):
        appointment.mediator_id, appointment.room_id = candidate
        appointment.starts_at, appointment.ends_at = wish.starts_at, wish.ends_at
        appointment.mode, appointment.place = wish.mode, wish.place
        try:
            with transaction.atomic():
                appointment.save(force_insert=is_new, force_update=not is_new)
                _take(appointment)
        except SlotTaken:
            appointment._state.adding = is_new  # noqa: SLF001 (rolled back)
            continue
        return appointment
    raise SlotTaken


def _take(appointment: Appointment) -> None:
    resources = [appointment.mediator, *([appointment.room] if appointment.room else [])]
    double_booking.take(
        resources=resources,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        rest=timedelta(minutes=appointment.rest_minutes),
        appointment=appointment,
    )


def _ranked(appointment: Appointment, wish: _Wish, now: datetime) -> list[Candidate]:
    """Who may take it, best first: who is named, who had it before, who has least to do that week."""
    if wish.through == Booker.COLLEAGUE and (wish.mediator or appointment.mediator_id):
        mediator = wish.mediator or appointment.mediator
        _refuse_away(mediator, wish)
        return [Candidate(mediator.pk, wish.room.pk if wish.room else None)]
    named: Iterable[Resource] | None = [wish.mediator] if wish.mediator else None
    found = candidates(
        kind=wish.kind,
        starts_at=wish.starts_at,
        mode=wish.mode,
        place=wish.place,
        mediators=named,
        booker=wish.through,
        now=now,
    )
    ranked = by_load(found, wish.starts_at)
    return sorted(ranked, key=lambda one: one.resource_id != appointment.mediator_id)


def _refuse_away(mediator: Resource, wish: _Wish) -> None:
    if not mediator.is_active:
        raise DomainError(_("%(name)s no longer takes appointments.") % {"name": mediator.name}, field="mediator")
    if is_absent(mediator, wish.starts_at, wish.ends_at):
        raise DomainError(_("%(name)s is absent then.") % {"name": mediator.name}, field="starts_at")


def _refuse_wrong(wish: _Wish, now: datetime) -> None:
    if not wish.kind.is_active or wish.mode not in Mode.values or wish.mode not in wish.kind.modes:
        raise DomainError(_("This kind of appointment cannot be booked in this way."), field="mode")
    if not is_on_tick(wish.starts_at):
        raise DomainError(_("Appointments begin at a multiple of five minutes."), field="starts_at")
    today = moment_of(day_span(paris(now).date())[0])
    if wish.starts_at < (today if wish.through == Booker.COLLEAGUE else now):
        raise DomainError(_("This time is over. Choose another one."), field="starts_at")


def _refuse_nobody(who: Who, mode: str, through: str) -> None:
    if who.person is None and not who.columns["first_name"]:
        raise DomainError(_("Give a first name."), field="first_name")
    if through == Booker.PUBLIC and not (who.phone or who.email):
        raise DomainError(_("Give a phone number or an e-mail address."), field="phone")
    if mode == Mode.HOME and not who.columns["home_address"]:
        raise DomainError(_("Give the address to come to."), field="home_address")


def _with_others(taken: SlotTaken, wish: _Wish, now: datetime) -> SlotTaken:
    others = next_slots(
        kind=wish.kind, mode=wish.mode, place=wish.place, booker=wish.through, after=wish.starts_at, now=now
    )
    return SlotTaken(taken.message, others=others)
