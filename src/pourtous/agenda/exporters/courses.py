"""Sessions as a calendar (RFC 5545): no name of anybody in it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from pourtous.agenda.enums import SessionState
from pourtous.agenda.models import Session


def calendar(sessions: Iterable[Session], *, title: str, now: datetime) -> bytes:
    """A published calendar. Each event keeps its UID and grows in SEQUENCE when it changes; cancelled ones say so."""
    made = Calendar()
    made.add("prodid", "-//Pourtous//Sessions//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    for session in sessions:
        made.add_component(_event(session, now))
    return bytes(made.to_ical())


def _event(session: Session, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{session.pk}@{settings.PUBLIC_URL.split('://')[-1]}")
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("sequence", session.sequence)
    event.add("summary", session.course.title)
    event.add("location", _location(session))
    event.add("url", f"{settings.PUBLIC_URL}{reverse('session', args=(session.code,))}")
    event.add("status", "CANCELLED" if session.state == SessionState.CANCELLED else "CONFIRMED")
    return event


def _location(session: Session) -> str:
    place = session.place
    if place is not None:
        parts = (place.name, place.address, f"{place.postcode} {place.commune_name}")
    else:
        parts = (session.where, session.commune.name if session.commune else "", "")
    return ", ".join(part.strip() for part in parts if part.strip())
