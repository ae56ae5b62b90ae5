"""What is in an agenda between two days: appointments, sessions and absences in order, and what is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.agenda.enums import AppointmentState, CourseState, Format, Mode, SessionState
from pourtous.agenda.models import Absence, Appointment, Availability, Resource, Session
from pourtous.agenda.queries.desk import mediator_of, unit_ids
from pourtous.agenda.queries.openings import busy_spans, zone_of
from pourtous.agenda.rules.occupied_time import LONGEST, Span, day_span, moment_of, tick_of
from pourtous.agenda.rules.patterns import Pattern, spans_of
from pourtous.agenda.rules.slots import gaps, merged
from pourtous.kernel.clock import paris
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place

APPOINTMENT, SESSION, ABSENCE = "appointment", "session", "absence"
_SHOWN = (AppointmentState.BOOKED, AppointmentState.HONOURED, AppointmentState.MISSED)


@dataclass(frozen=True)
class Entry:
    """One thing in an agenda. Without `is_open`, whoever looks may know that it is taken and no more."""

    what: str  # "appointment", "session" or "absence"
    id: UUID
    code: str
    starts_at: datetime
    ends_at: datetime
    title: str  # whom, or what
    kind: str  # of appointment; how many are registered; a note
    where: str
    need: str = ""
    phone: str = ""
    mode: str = ""
    state: str = ""
    person_code: str = ""
    is_open: bool = True

    @property
    def about(self) -> str:
        """The kind and what for."""
        return f"{self.kind}\N{NO-BREAK SPACE}· {self.need}" if self.need else self.kind

    @property
    def is_whole_day(self) -> bool:
        """Whether it lasts from midnight to midnight, or more."""
        begins, ends = paris(self.starts_at), paris(self.ends_at)
        return begins.time() == ends.time() == time() and begins < ends

    @property
    def day(self) -> date:
        """The day in Paris."""
        return paris(self.starts_at).date()


def working_day(user: Any, day: date) -> list[Entry]:
    """A professional's own day: appointments and sessions in order."""
    mine = mediator_of(user)
    found = entries([mine], day, day + timedelta(days=1), shown=unit_ids(user), own=mine.pk) if mine else {}
    return [entry for entry in found.get(mine.pk, []) if entry.what != ABSENCE] if mine else []


def entries(
    resources: Iterable[Resource], first: date, last: date, *, shown: Iterable[UUID], own: UUID | None = None
) -> dict[UUID, list[Entry]]:
    """What each agenda holds from day `first` to before day `last`, in order. Three queries.

    `shown`: the units whose appointments and sessions are told; those of others are only "taken", but in the agenda
    `own`; sessions of the public catalogue are told to all.
    """
    ids = [one.pk for one in resources]
    units = frozenset(shown)
    window = moment_of(day_span(first)[0]), moment_of(day_span(last)[0])
    found: dict[UUID, list[Entry]] = {identity: [] for identity in ids}
    booked = Appointment.objects.filter(
        mediator__in=ids,
        state__in=_SHOWN,
        starts_at__gt=window[0] - LONGEST,
        starts_at__lt=window[1],
        ends_at__gt=window[0],
    ).select_related("kind", "place", "person", "room")
    for one in booked:
        is_open = one.unit_id in units or one.mediator_id == own
        found[one.mediator_id].append(_appointment(one) if is_open else _taken_by(APPOINTMENT, one))
    for mediator_id, session in _sessions(ids, window):
        is_open = session.unit_id in units or mediator_id == own or _is_public(session)
        found[mediator_id].append(_session(session) if is_open else _taken_by(SESSION, session))
    away = Absence.objects.filter(resource__in=ids, starts_at__lt=window[1], ends_at__gt=window[0])
    for absence in away:
        found[absence.resource_id].append(_absence(absence, is_open=absence.resource_id == own))
    return {identity: sorted(rows, key=lambda row: (row.starts_at, row.ends_at)) for identity, rows in found.items()}


def _sessions(ids: list[UUID], window: tuple[datetime, datetime]) -> list[tuple[UUID, Session]]:
    held = Session.mediators.through.objects.filter(
        resource__in=ids, session__starts_at__lt=window[1], session__ends_at__gt=window[0]
    ).exclude(session__state=SessionState.CANCELLED)
    return [(row.resource_id, row.session) for row in held.select_related("session__course", "session__place")]


def _appointment(one: Appointment) -> Entry:
    return Entry(
        APPOINTMENT,
        one.pk,
        one.code,
        one.starts_at,
        one.ends_at,
        short_name(one),
        one.kind.name,
        where_of(one),
        need=one.need,
        phone=phone_of(one),
        mode=one.mode,
        state=one.state,
        person_code=one.person.code if one.person else "",
    )


def _taken_by(what: str, one: Appointment | Session) -> Entry:
    return Entry(what, one.pk, "", one.starts_at, one.ends_at, _("Taken"), "", "", state=one.state, is_open=False)


def _is_public(session: Session) -> bool:
    """Whether its title stands in the public catalogue."""
    return (
        session.is_open and session.course.state == CourseState.PUBLISHED and session.course.format != Format.OUTREACH
    )


def _session(one: Session) -> Entry:
    count = one.registered
    about = ngettext("Session, %(count)s person", "Session, %(count)s people", count) % {"count": count}
    where = one.place.name if one.place else one.where
    return Entry(SESSION, one.pk, one.code, one.starts_at, one.ends_at, one.course.title, about, where, state=one.state)


def _absence(one: Absence, *, is_open: bool) -> Entry:
    """Why somebody is away is theirs alone."""
    title = str(one.get_kind_display()) if is_open else _("Absent")
    return Entry(
        ABSENCE, one.pk, "", one.starts_at, one.ends_at, title, one.note if is_open else "", "", is_open=is_open
    )


def short_name(one: Appointment) -> str:
    """A first name and an initial: enough at a glance, on a screen others see."""
    if one.person is None:
        return one.first_name or _("Somebody")
    first, last = one.person.first_name, one.person.last_name
    return f"{first} {last[:1]}.".strip() if first and last else first or last or _("Somebody")


def full_name(one: Appointment) -> str:
    """The whole name, on the appointment's own page."""
    return (one.person.name if one.person else one.first_name) or _("Somebody")


def phone_of(one: Appointment) -> str:
    """The number to call."""
    return one.phone or (one.person.phone if one.person else "")


def where_of(one: Appointment) -> str:
    """Where they meet, in words."""
    if one.mode == Mode.HOME:
        return one.home_address or str(Mode.HOME.label)
    if one.mode == Mode.PHONE:
        return str(Mode.PHONE.label)
    parts = [one.place.name if one.place else "", one.room.name if one.room else ""]
    return ", ".join(part for part in parts if part)


def free_times(resource: Resource, day: date, *, now: datetime, least: int = 3) -> list[tuple[datetime, datetime]]:
    """What is open and free on a day, from now on, in runs of at least `least` ticks."""
    following = day + timedelta(days=1)
    window = day_span(day)
    rows = Availability.objects.filter(resource=resource, first_on__lte=day)
    opened = merged(span for row in rows for span in spans_of(pattern_of(row), day, following))
    busy = busy_spans([resource.pk], window).get(resource.pk, [])
    begins = -(-int(now.timestamp()) // 300)
    free = [_within(gap, span, begins) for span in opened for gap in gaps(span, busy)]
    return [(moment_of(first), moment_of(last)) for first, last in free if last - first >= least]


def place_at(resource: Resource, moment: datetime) -> Place | None:
    """Where the hours of a mediator say that one meets them at that moment; None outside those hours."""
    day = paris(moment).date()
    tick = tick_of(moment)
    held = Availability.objects.filter(resource=resource, first_on__lte=day, place__state=PlaceState.PUBLISHED)
    for row in held.select_related("place"):
        if any(begins <= tick < ends for begins, ends in spans_of(pattern_of(row), day, day + timedelta(days=1))):
            return row.place
    return None


def _within(gap: Span, span: Span, begins: int) -> Span:
    return max(gap[0], begins), min(gap[1], span[1])


def pattern_of(row: Availability) -> Pattern:
    """The rule of a row."""
    return Pattern(
        frozenset(int(day) for day in row.weekdays),
        row.starts,
        row.ends,
        row.first_on,
        row.until_on,
        row.every_weeks,
        zone_of(skips=row.skips_school_holidays),
    )
