"""Calendars kept elsewhere: what is busy in them, and addresses that are not read."""

from datetime import UTC, datetime, timedelta

import pytest

from pourtous.agenda.importers import fetching
from pourtous.agenda.importers.ics import busy_periods
from pourtous.agenda.models import Absence, OutsideCalendar
from pourtous.agenda.operations import calendars
from pourtous.kernel.clock import PARIS
from pourtous.kernel.errors import DomainError
from tests.agenda.factories import ResourceFactory

NOW = datetime(2026, 10, 19, 5, tzinfo=UTC)  # the Monday before the clocks change


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//FR"]
    for number, event in enumerate(events):
        uid = [] if any(line.startswith("UID") for line in event) else [f"UID:{number}@tests"]
        lines += ["BEGIN:VEVENT", *uid, "DTSTAMP:20260101T000000Z", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def hours(content):
    return [
        f"{begin.astimezone(PARIS):%d/%m %H:%M}-{end.astimezone(PARIS):%H:%M}"
        for begin, end in busy_periods(content, now=NOW)
    ]


START, END = "DTSTART;TZID=Europe/Paris:20261020T140000", "DTEND;TZID=Europe/Paris:20261020T150000"


@pytest.mark.parametrize(
    "event",
    [
        (START, END),
        ("DTSTART:20261020T120000Z", "DTEND:20261020T130000Z"),
        ("DTSTART:20261020T140000", "DTEND:20261020T150000"),
        (START, "DURATION:PT1H"),
        ("DTSTART;TZID=Europe/London:20261020T130000", "DURATION:PT1H"),
    ],
)
def test_an_event_however_its_hour_is_written(event):
    assert hours(calendar(event)) == ["20/10 14:00-15:00"]


def test_what_is_free_cancelled_or_over_is_left_out():
    free, off = (START, END, "TRANSP:TRANSPARENT"), (START, END, "STATUS:CANCELLED")
    over = ("DTSTART:20260901T120000Z", "DTEND:20260901T130000Z")
    empty = (START,)
    assert hours(calendar(free, off, over, empty)) == []


def test_a_whole_day_is_that_day_in_paris():
    assert hours(calendar(("DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026"))) == ["25/10 00:00-00:00"]
    assert hours(calendar(("DTSTART;VALUE=DATE:20261021",))) == ["21/10 00:00-00:00"]


def test_every_week_stays_at_its_hour_when_the_clocks_change():
    event = (START, END, "RRULE:FREQ=WEEKLY;UNTIL=20261103T130000Z", "EXDATE;TZID=Europe/Paris:20261027T140000")
    assert hours(calendar(event)) == ["20/10 14:00-15:00", "03/11 14:00-15:00"]


def test_every_day_two_weeks_and_a_count():
    daily = (START, END, "RRULE:FREQ=DAILY;COUNT=3")
    assert hours(calendar(daily)) == [f"{day}/10 14:00-15:00" for day in (20, 21, 22)]
    alternate = (START, END, "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=3")
    assert [hour[:5] for hour in hours(calendar(alternate))] == ["20/10", "22/10", "03/11"]


def test_one_occurrence_moved():
    event = ("UID:w@tests", START, END, "RRULE:FREQ=WEEKLY;COUNT=2")
    moved = (
        "UID:w@tests",
        "RECURRENCE-ID;TZID=Europe/Paris:20261027T140000",
        "DTSTART;TZID=Europe/Paris:20261028T090000",
        "DTEND;TZID=Europe/Paris:20261028T100000",
    )
    assert hours(calendar(event, moved)) == ["20/10 14:00-15:00", "28/10 09:00-10:00"]


def test_events_that_touch_are_one_and_the_far_future_is_left():
    assert hours(calendar((START, END), ("DTSTART:20261020T130000Z", "DTEND:20261020T140000Z"))) == [
        "20/10 14:00-16:00"
    ]
    endless = (START, END, "RRULE:FREQ=DAILY")
    found = busy_periods(calendar(endless), now=NOW)
    assert found[-1][1] <= NOW + timedelta(days=120)


def test_rules_that_would_never_end_are_read_once():
    assert hours(calendar((START, END, "RRULE:FREQ=SECONDLY"))) == ["20/10 14:00-15:00"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\0\xff", b"BEGIN:VCALENDAR", b"<html></html>"])
def test_what_is_no_calendar_is_said(content):
    try:
        assert busy_periods(content, now=NOW) == []
    except DomainError as error:
        assert "ICS" in str(error)  # noqa: PT017 (some readers forgive more than others)


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (refused)
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
    ],
)
def test_which_addresses_are_of_the_internet(address, is_public):
    assert fetching.is_public(address) is is_public


def resolved(monkeypatch, *addresses):
    rows = [(0, 0, 0, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_args, **_more: rows)


def test_a_name_that_leads_inside_is_not_read(monkeypatch, settings):
    resolved(monkeypatch, "8.8.8.8", "127.0.0.1")
    with pytest.raises(DomainError, match="réseau fermé"):
        fetching.public_address("calendar.example", 443)
    settings.OUTSIDE_CALENDARS_MAY_BE_PRIVATE = True
    assert fetching.public_address("calendar.example", 443) == "8.8.8.8"


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example/",
        "ftp://calendar.example/",
        "https://",
        "https://user:word@calendar.example/",
        "https://calendar.example:99999/",
        "https://[::1",
        "https://calendar.example/\r\nHost: other",
        "https://calendar.example/é",
    ],
)
def test_addresses_that_are_none(url, monkeypatch):
    resolved(monkeypatch, "8.8.8.8")
    monkeypatch.setattr(fetching, "_Checked", None)
    with pytest.raises(DomainError):
        fetching.fetch(url)


def answers(monkeypatch, *given):
    left = list(given)
    asked = []

    def get(url):
        asked.append(url)
        return left.pop(0)

    monkeypatch.setattr(fetching, "_get", get)
    return asked


def test_a_redirect_is_looked_at_again_and_does_not_go_on_for_ever(monkeypatch):
    asked = answers(monkeypatch, (302, "/there.ics", b""), (200, "", b"content"))
    assert fetching.fetch("https://calendar.example/here") == b"content"
    assert asked[-1] == "https://calendar.example/there.ics"
    answers(monkeypatch, *[(302, "/again", b"")] * 9)
    with pytest.raises(DomainError, match="sans fin"):
        fetching.fetch("https://calendar.example/")
    answers(monkeypatch, (404, "", b""))
    with pytest.raises(DomainError, match="404"):
        fetching.fetch("https://calendar.example/")


@pytest.fixture
def outside(db):
    return OutsideCalendar.objects.create(resource=ResourceFactory(), url="https://calendar.example/a.ics")


def test_busy_times_are_kept_when_the_calendar_no_longer_answers(outside, monkeypatch):
    monkeypatch.setattr(calendars, "fetch", lambda _url: calendar((START, END)))
    assert calendars.read(calendar=outside, now=NOW)
    assert calendars.read(calendar=outside, now=NOW)
    kept = Absence.objects.get()
    assert (kept.kind, kept.note) == ("outside", "")

    def broken(_url):
        raise DomainError("L’autre logiciel ne répond pas.")

    monkeypatch.setattr(calendars, "fetch", broken)
    assert not calendars.read(calendar=outside, now=NOW)
    outside.refresh_from_db()
    assert outside.problem == "L’autre logiciel ne répond pas."
    assert Absence.objects.count() == 1
    monkeypatch.setattr(calendars, "fetch", lambda _url: 1 / 0)
    assert not calendars.read(calendar=outside, now=NOW)
    assert Absence.objects.count() == 1


def test_read_every_quarter_of_an_hour_and_five_at_most(outside):
    assert calendars.due(now=NOW) == [outside]
    OutsideCalendar.objects.update(read_at=NOW)
    assert calendars.due(now=NOW + timedelta(minutes=14)) == []
    assert calendars.due(now=NOW + timedelta(minutes=15)) == [outside]
    actor = outside.resource.user
    for number in range(4):
        calendars.add(resource=outside.resource, url=f"https://calendar.example/{number}", actor=actor, now=NOW)
    with pytest.raises(DomainError, match="5"):
        calendars.add(resource=outside.resource, url="https://calendar.example/6", actor=actor, now=NOW)
    calendars.remove(calendar=outside, actor=actor, now=NOW)
    assert OutsideCalendar.objects.count() == 4
