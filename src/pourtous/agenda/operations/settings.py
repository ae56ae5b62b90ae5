"""What one books and when one is there: kinds of appointments, availabilities, absences."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pourtous.accounts.models import Unit, User
from pourtous.agenda.models import Absence, AppointmentKind, Availability, Resource
from pourtous.audit.operations import record

_KIND = (
    "name",
    "words",
    "minutes",
    "rest_minutes",
    "modes",
    "bookers",
    "notice_minutes",
    "ahead_days",
    "needs",
    "asks_code",
)
_PATTERN = (
    "mode",
    "place",
    "room",
    "weekdays",
    "starts",
    "ends",
    "every_weeks",
    "first_on",
    "until_on",
    "skips_school_holidays",
)


def save_kind(
    *, kind: AppointmentKind | None, unit: Unit, values: dict[str, Any], actor: User, now: datetime
) -> AppointmentKind:
    """Make or change a kind of appointment. What is booked already keeps its length."""
    with transaction.atomic():
        held = kind or AppointmentKind(unit=unit)
        for name in (*_KIND, "is_active"):
            setattr(held, name, values[name])
        held.save()
        record(actor=actor, verb="agenda.save_kind", subject=held, now=now)
    return held


def save_availability(
    *,
    availability: Availability | None,
    resource: Resource,
    unit: Unit,
    values: dict[str, Any],
    kinds: Iterable[AppointmentKind],
    actor: User,
    now: datetime,
) -> Availability:
    """Make or change a weekly pattern. Bookings stay: `queries.outside` names those that are now outside."""
    with transaction.atomic():
        held = availability or Availability(resource=resource)
        held.unit = unit
        for name in _PATTERN:
            setattr(held, name, values[name])
        held.save()
        held.kinds.set(kinds)
        record(actor=actor, verb="agenda.save_availability", subject=held.resource, now=now)
    return held


def end_availability(*, availability: Availability, on: date, actor: User, now: datetime) -> None:
    """A pattern holds no longer from this day on; one that has not begun by then goes. Bookings stay."""
    with transaction.atomic():
        if availability.first_on >= on:
            Availability.objects.filter(pk=availability.pk).delete()
        else:
            Availability.objects.filter(pk=availability.pk).update(until_on=on)
        record(actor=actor, verb="agenda.end_availability", subject=availability.resource, now=now)


def add_absence(
    *, resource: Resource, kind: str, starts_at: datetime, ends_at: datetime, note: str, actor: User, now: datetime
) -> Absence:
    """Nobody can be booked in this time any more. What is booked already stays: it is shown, to be moved or cancelled."""
    with transaction.atomic():
        absence = Absence.objects.create(
            resource=resource, kind=kind, starts_at=starts_at, ends_at=ends_at, note=note[:120]
        )
        record(actor=actor, verb="agenda.add_absence", subject=resource, now=now)
    return absence


def remove_absence(*, absence: Absence, actor: User, now: datetime) -> None:
    """The time can be booked again. The same twice changes nothing."""
    with transaction.atomic():
        if Absence.objects.filter(pk=absence.pk, calendar=None).delete()[0]:
            record(actor=actor, verb="agenda.remove_absence", subject=absence.resource, now=now)
