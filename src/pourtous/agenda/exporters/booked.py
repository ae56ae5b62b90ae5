"""One appointment for one's own calendar (RFC 5545): no name of anybody in it."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment

_OFF = (AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_US)


def calendar(appointment: Appointment, *, where: str, url: str, now: datetime) -> bytes:
    """A published calendar with one event: its UID stays and its SEQUENCE grows when it is moved; off when cancelled."""
    made = Calendar()
    made.add("prodid", "-//Pourtous//Appointment//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{appointment.pk}@{settings.PUBLIC_URL.split('://')[-1]}")
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("sequence", appointment.sequence)
    event.add("summary", _("Appointment: %(kind)s") % {"kind": appointment.kind.name})
    event.add("location", where)
    event.add("url", url)
    event.add("status", "CANCELLED" if appointment.state in _OFF else "CONFIRMED")
    made.add_component(event)
    return bytes(made.to_ical())
