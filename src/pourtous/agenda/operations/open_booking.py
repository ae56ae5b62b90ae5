"""Booking by the public: the same sending twice is one appointment, and one contact does not take all hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.models import Appointment, AppointmentKind
from pourtous.agenda.operations import appointments
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.rules.contacts import contact_key
from pourtous.kernel.errors import DomainError
from pourtous.places.models import Place
from pourtous.runtime.idempotency import fingerprint, once


@dataclass(frozen=True)
class Hour:
    """A free hour somebody wants."""

    kind: AppointmentKind
    starts_at: datetime
    mode: str
    place: Place | None


def book_openly(*, hour: Hour, who: Who, key: str, now: datetime) -> Appointment:
    """Book without account. `key` is the form's: sent twice, the answer is the same appointment.

    Raises SlotTaken with other hours; DomainError when this contact has as many appointments as one may have.
    """

    def act() -> dict[str, Any]:
        _refuse_too_many(who, now)
        return _booked(hour, who, Booker.PUBLIC, None, None, now)

    return _once(hour, who, key, act, "agenda.book", now)


def book_for(
    *, hour: Hour, who: Who, through: Booker, actor: User, unit: Unit | None, key: str, now: datetime
) -> Appointment:
    """Book for somebody else, as a prescriber (in the name of `unit`) or at the phone desk. As `book_openly`."""

    def act() -> dict[str, Any]:
        return _booked(hour, who, through, actor, unit, now)

    return _once(hour, who, key, act, f"agenda.book:{actor.pk}", now)


def _booked(
    hour: Hour, who: Who, through: Booker, actor: User | None, unit: Unit | None, now: datetime
) -> dict[str, Any]:
    made = appointments.book(
        kind=hour.kind,
        starts_at=hour.starts_at,
        mode=hour.mode,
        place=hour.place,
        who=who,
        through=through,
        actor=actor,
        now=now,
        prescriber_unit=unit,
    )
    return {"appointment": made.pk}


def _once(hour: Hour, who: Who, key: str, act: Callable[[], dict[str, Any]], scope: str, now: datetime) -> Appointment:
    reach = who.person.code if who.person else contact_key(who.phone, who.email, who.first_name)
    asked = fingerprint([hour.kind.pk, hour.starts_at, hour.mode, hour.place and hour.place.pk, reach])
    answer = once(key, asked, act, scope=scope, now=now)
    return Appointment.objects.get(pk=answer["appointment"])


def _refuse_too_many(who: Who, now: datetime) -> None:
    """Coming appointments of a phone or an e-mail, and those it made today, cancelled ones too."""
    reach = Q()
    if who.phone:
        reach |= Q(phone=who.phone)
    if who.email:
        reach |= Q(email__iexact=who.email)
    if not reach:
        return
    mine = Appointment.objects.filter(reach, booked_through=Booker.PUBLIC)
    coming = mine.filter(state=AppointmentState.BOOKED, starts_at__gt=now).count()
    today = mine.filter(booked_at__gt=now - timedelta(days=1)).count()
    if coming >= settings.BOOKING["per_contact"] or today >= settings.BOOKING["per_contact_a_day"]:
        raise DomainError(_("You have several appointments already. To make another one, call us."))


def may_still_change(appointment: Appointment, now: datetime) -> bool:
    """Whether who booked may still move it: until some hours before (setting)."""
    limit = appointment.starts_at - timedelta(hours=settings.BOOKING["change_hours"])
    return appointment.state == AppointmentState.BOOKED and now < limit


def may_still_cancel(appointment: Appointment, now: datetime) -> bool:
    """Until it begins: a late word is better than an empty chair."""
    return appointment.state == AppointmentState.BOOKED and now < appointment.starts_at
