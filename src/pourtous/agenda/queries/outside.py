"""What is booked although nobody is there any more: after a pattern changed, or during an absence."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.models import Absence, Appointment, Availability, Resource
from pourtous.agenda.queries.day import pattern_of
from pourtous.agenda.rules.occupied_time import LONGEST, span_of
from pourtous.agenda.rules.patterns import spans_of
from pourtous.agenda.rules.slots import merged
from pourtous.kernel.clock import paris


def outside_hours(resource: Resource, *, now: datetime) -> list[Appointment]:
    """Coming appointments that are in no pattern; those a colleague booked were meant so."""
    return _outside(resource, list(_coming(resource, now)), now)


def _outside(resource: Resource, coming: Iterable[Appointment], now: datetime) -> list[Appointment]:
    booked = [one for one in coming if one.booked_through != Booker.COLLEAGUE]
    if not booked:
        return []
    first, last = paris(now).date(), paris(booked[-1].starts_at).date() + timedelta(days=1)
    rows = Availability.objects.filter(resource=resource)
    opened = merged(span for row in rows for span in spans_of(pattern_of(row), first, last))
    return [one for one in booked if not _is_inside(one, opened)]


def _is_inside(one: Appointment, opened: Sequence[tuple[int, int]]) -> bool:
    first, last = span_of(one.starts_at, one.ends_at)
    return any(begin <= first and last <= end for begin, end in opened)


def during(absence: Absence, *, now: datetime) -> list[Appointment]:
    """Coming appointments that an absence overlaps: to be called, moved or cancelled."""
    return list(_coming(absence.resource, now).filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.starts_at))


def during_absences(resource: Resource, *, now: datetime) -> list[Appointment]:
    """The same for all absences of an agenda that are not over."""
    return _away(resource, _coming(resource, now), now)


def _away(resource: Resource, coming: Iterable[Appointment], now: datetime) -> list[Appointment]:
    away = list(Absence.objects.filter(resource=resource, ends_at__gt=now))
    if not away:
        return []
    return [
        one for one in coming if any(gone.starts_at < one.ends_at and gone.ends_at > one.starts_at for gone in away)
    ]


def nobody_there(resource: Resource, *, now: datetime) -> list[Appointment]:
    """Both, each once: during absences first, then outside hours. Three queries, one when nothing is coming."""
    coming = list(_coming(resource, now))
    if not coming:
        return []
    found = (*_away(resource, coming, now), *_outside(resource, coming, now))
    return list({one.pk: one for one in found}.values())


def _coming(resource: Resource, now: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(mediator=resource, state=AppointmentState.BOOKED)
    rows = rows.filter(starts_at__gt=now - LONGEST, ends_at__gt=now)
    return rows.select_related("kind", "person", "place", "room").order_by("starts_at", "id")
