"""Booking by the public: the same sending twice is one appointment, and one contact does not take all hours.

Where abuse is seen (the unit says so, or one network or contact books unusually much) the hour is only held until a
code is typed: `confirming`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.models import Appointment
from pourtous.agenda.operations import appointments
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.confirming import HoldOver, Hour, hold
from pourtous.agenda.rules.contacts import contact_key
from pourtous.kernel.errors import DomainError
from pourtous.runtime.idempotency import fingerprint, once

__all__ = ("HoldOver", "Hour", "book_for", "book_openly", "may_still_cancel", "may_still_change")


def book_openly(*, hour: Hour, who: Who, key: str, now: datetime, is_unusual: bool = False) -> Appointment:
    """Book without account. `key` is the form's: sent twice, the answer is the same appointment.

    Its state is HELD when a code must be typed first: `is_unusual` (this network books unusually much), this contact
    does, or the kind asks it always. Raises SlotTaken with other hours; DomainError when this contact has as many
    appointments as one may have; HoldOver when the answer was an hour held, and its time is over.
    """

    def act() -> dict[str, Any]:
        _refuse_too_many(who, now)
        if is_unusual or hour.kind.asks_code or _is_unusual(who, now):
            return {"appointment": hold(hour=hour, who=who, now=now).pk}
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
    found = Appointment.with_held.filter(pk=answer["appointment"]).first()
    if found is None:
        raise HoldOver
    return found


def _of_contact(who: Who) -> QuerySet[Appointment]:
    """What a phone or an e-mail booked openly, held hours too; nothing when there is neither."""
    reach = Q(pk=None)
    if who.phone:
        reach |= Q(phone=who.phone)
    if who.email:
        reach |= Q(email__iexact=who.email)
    return Appointment.with_held.filter(reach, booked_through=Booker.PUBLIC)


def _is_unusual(who: Who, now: datetime) -> bool:
    today = _of_contact(who).filter(booked_at__gt=now - timedelta(days=1))
    return today.count() >= settings.BOOKING["unusual_contact"]


def _refuse_too_many(who: Who, now: datetime) -> None:
    """Coming appointments of a phone or an e-mail, and those it made today, cancelled ones too."""
    mine = _of_contact(who)
    taking = (AppointmentState.BOOKED, AppointmentState.HELD)
    coming = mine.filter(state__in=taking, starts_at__gt=now).count()
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
