"""Feeds and invitations, read back by hand: another reader than the library that wrote them."""

from datetime import UTC, datetime

import pytest

from pourtous.agenda.exporters import ics
from pourtous.agenda.models import Feed
from pourtous.agenda.operations.appointments import Who, book, cancel, move
from pourtous.kernel.clock import PARIS
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory, SessionFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def events(content):
    """Each event as a dictionary of its lines; long lines put together (RFC 5545, 3.1)."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    found, inside = [], False
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
            inside = True
        elif line == "END:VEVENT":
            inside = False
        elif inside:
            name, _sep, value = line.partition(":")
            found[-1][name] = value
    return found


@pytest.fixture
def place():
    return PlaceFactory(name="Le Cabanon")


@pytest.fixture
def mediator(place):
    kind = AppointmentKindFactory(words="Apportez vos papiers.")
    found = ResourceFactory(unit=kind.unit)
    AvailabilityFactory(resource=found, kinds=[kind], place=place)
    found.kind_booked = kind
    return found


@pytest.fixture
def appointment(mediator, place):
    who = Who(first_name="Odile", phone="+33639980001", email="odile@courriel.example", need="Ma retraite")
    return book(
        kind=mediator.kind_booked,
        starts_at=NINE,
        mode="place",
        place=place,
        who=who,
        through="public",
        actor=None,
        now=NOW,
    )


def test_a_feed_says_when_and_what_never_whom(mediator, appointment, place):
    source = Feed(resource=mediator)
    content = ics.feed(source, now=NOW)
    (event,) = events(content)
    assert event["DTSTART;TZID=Europe/Paris"] == "20261124T090000"
    assert event["DTEND;TZID=Europe/Paris"] == "20261124T094500"
    assert event["UID"] == f"appointment-{appointment.pk}@pourtous"
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"].startswith("Le Cabanon")
    text = content.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Paris" in text
    for secret in ("Odile", "odile", "0639980001", "639980001", "retraite", appointment.code):
        assert secret not in text
    assert len(events(ics.feed(Feed(place=place), now=NOW))) == 1


def test_a_change_keeps_the_name_of_the_event_and_counts_up(mediator, appointment):
    before = events(ics.feed(Feed(resource=mediator), now=NOW))[0]
    later = NINE.replace(hour=9)
    move(appointment=appointment, starts_at=later, through="public", actor=None, now=NOW)
    moved = events(ics.feed(Feed(resource=mediator), now=NOW))[0]
    assert moved["UID"] == before["UID"]
    assert (before["SEQUENCE"], moved["SEQUENCE"]) == ("0", "1")
    assert moved["DTSTART;TZID=Europe/Paris"] == f"{later.astimezone(PARIS):%Y%m%dT%H%M%S}"
    cancel(appointment=appointment, by_person=True, actor=None, now=NOW)
    gone = events(ics.feed(Feed(resource=mediator), now=NOW))[0]
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", "2")


def test_sessions_are_in_the_feed(mediator):
    session = SessionFactory(starts_at=NINE, ends_at=NINE.replace(hour=10), where="Marché couvert")
    session.mediators.add(mediator)
    (event,) = events(ics.feed(Feed(resource=mediator), now=NOW))
    assert event["SUMMARY"] == session.course.title
    assert event["LOCATION"] == "Marché couvert"


def test_an_invitation_asks_and_a_cancellation_takes_back(appointment):
    content = ics.invitation(appointment)
    assert b"METHOD:REQUEST" in content
    (event,) = events(content)
    assert event["ATTENDEE"] == "mailto:odile@courriel.example"
    assert appointment.code in event["DESCRIPTION"]
    assert "Apportez vos papiers." in event["DESCRIPTION"]
    cancelled = ics.invitation(cancel(appointment=appointment, by_person=True, actor=None, now=NOW))
    assert b"METHOD:CANCEL" in cancelled
    assert events(cancelled)[0]["STATUS"] == "CANCELLED"
