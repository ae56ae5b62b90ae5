"""Our calendars in the format of calendars (RFC 5545): feeds without names, invitations for one person.

A feed is read by programs we do not know, on servers we do not know: it says when, where and what kind, never whom.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from pourtous.agenda.enums import AppointmentState, Mode, SessionState
from pourtous.agenda.models import Appointment, Feed, Session
from pourtous.kernel.clock import PARIS

PAST, COMING = timedelta(days=60), timedelta(days=366)
_OFF = {AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_US}


def feed(source: Feed, *, now: datetime) -> bytes:
    """What a mediator does, or what happens at a place: sixty days back, a year ahead; what was cancelled says so."""
    window = Q(starts_at__gte=now - PAST, starts_at__lt=now + COMING)
    calendar = _calendar(str(source.resource or source.place))
    whose = Q(mediator=source.resource) if source.resource else Q(place=source.place)
    for one in Appointment.objects.filter(window, whose).select_related("kind", "place").order_by("starts_at", "id"):
        calendar.add_component(_event(one))
    whose = Q(mediators=source.resource) if source.resource else Q(place=source.place)
    for session in Session.objects.filter(window, whose).select_related("course", "place").order_by("starts_at", "id"):
        calendar.add_component(_session(session, now))
    return bytes(calendar.to_ical())


def invitation(appointment: Appointment) -> bytes:
    """One appointment for the calendar of who comes; METHOD:CANCEL once it is cancelled. Holds nobody's name but ours."""
    is_off = appointment.state in _OFF
    calendar = _calendar(_("Appointment"), method="CANCEL" if is_off else "REQUEST")
    event = _event(appointment)
    event.add("description", "\n".join(_what_to_know(appointment)))
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organiser.params["CN"] = vText(str(settings.TERRITORY["programme"]))
    event["ORGANIZER"] = organiser
    if appointment.email:
        event.add("attendee", vCalAddress(f"mailto:{appointment.email}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _what_to_know(appointment: Appointment) -> list[str]:
    phone = settings.TERRITORY["help_phone"]
    lines = [appointment.kind.words, _("Code: %(code)s") % {"code": appointment.code}]
    return [line for line in (*lines, _("Help: %(phone)s") % {"phone": phone} if phone else "") if line]


def _calendar(name: str, *, method: str = "PUBLISH") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Pourtous//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_tzid("Europe/Paris"))
    return calendar


def _event(one: Appointment) -> Event:
    event = _dated("appointment", one, one.state_changed_at)
    event.add("summary", _("Appointment: %(kind)s") % {"kind": one.kind.name})
    if where := _where(one):
        event.add("location", where)
    event.add("status", "CANCELLED" if one.state in _OFF else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _session(one: Session, now: datetime) -> Event:
    event = _dated("session", one, now)
    event.add("summary", one.course.title)
    if where := one.where or (str(one.place) if one.place else ""):
        event.add("location", where)
    event.add("status", "CANCELLED" if one.state == SessionState.CANCELLED else "CONFIRMED")
    return event


def _dated(what: str, one: Appointment | Session, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{what}-{one.pk}@pourtous")
    event.add("sequence", one.sequence)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(PARIS))
    event.add("dtend", one.ends_at.astimezone(PARIS))
    return event


def _where(one: Appointment) -> str:
    """A place; of a home, only that it is one."""
    if one.mode != Mode.PLACE:
        return str(Mode(one.mode).label)
    if one.place is None:
        return ""
    town = f"{one.place.postcode} {one.place.commune_name}".strip()
    return ", ".join(part for part in (one.place.name, one.place.address, town) if part)
