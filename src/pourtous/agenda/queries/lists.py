"""Appointments as a list: filtered, for the screen and for files."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.agenda.queries import desk
from pourtous.agenda.rules.occupied_time import day_span, moment_of


@dataclass(frozen=True)
class ListFilter:
    """What an address narrows: never a name."""

    first: date
    last: date  # in
    state: str = ""
    kind: str = ""
    mediator: str = ""


def listed(user: Any, wanted: ListFilter) -> QuerySet[Appointment]:
    """The appointments of the user's units, by hour."""
    begins = moment_of(day_span(wanted.first)[0])
    ends = moment_of(day_span(wanted.last + timedelta(days=1))[0])
    found = Appointment.objects.filter(unit__in=desk.unit_ids(user), starts_at__gte=begins, starts_at__lt=ends)
    if wanted.state in AppointmentState.values:
        found = found.filter(state=wanted.state)
    if wanted.kind:
        found = found.filter(kind__in=[one.pk for one in desk.kinds(desk.unit_ids(user)) if str(one.pk) == wanted.kind])
    if wanted.mediator:
        mine = [one.pk for one in desk.colleagues(user) if str(one.pk) == wanted.mediator]
        found = found.filter(mediator__in=mine)
    return found.select_related("kind", "mediator", "person", "place", "room").order_by("starts_at", "id")
