"""The public catalogue: sessions still to come, near somebody or not, soonest first."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from pourtous.agenda.enums import FAMILY, CourseState, Family, Format, Level, SessionState, Theme
from pourtous.agenda.models import Course, Session
from pourtous.kernel.clock import PARIS, paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import Box, Point, box_around, distance_m
from pourtous.territories import queries as territories

MAX_LIMIT = 100
KEPT_IN_FEED = timedelta(days=31)
MOST_IN_FEED = 500
EVENING = time(18)
_SATURDAY = 5
# How far `upcoming_widening` looks in turn, metres.
WIDENING_M = (15_000.0, 30_000.0, 60_000.0, 20_040_000.0)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What one looks for: all that is given must hold. Distances in metres; `first` and `last` are days in Paris, both in.

    `evening`: begins at six or later; `weekend`: on Saturday or Sunday; with both, either. `free_seats`: at least so many left.
    `courses`: only these, None: any (`free`: nothing to pay). `one_a_run`: only the next session of each run.
    """

    near: Point | None = None
    radius_m: float | None = None
    commune: str = ""
    themes: tuple[Theme, ...] = ()
    families: tuple[Family, ...] = ()
    levels: tuple[Level, ...] = ()
    formats: tuple[Format, ...] = (Format.TRAINING, Format.TRY_ONCE)
    first: date | None = None
    last: date | None = None
    evening: bool = False
    weekend: bool = False
    free: bool = False
    free_seats: int = 0
    language: str = ""
    plain_french: bool = False
    wheelchair: bool = False
    place_id: UUID | None = None
    course_id: UUID | None = None
    courses: frozenset[UUID] | None = None
    one_a_run: bool = False


@dataclass(frozen=True)
class FoundSession:
    """One session with its distance when one looks near a point."""

    session: Session
    distance_m: float | None

    @property
    def free_seats(self) -> int:
        """How many seats are left."""
        return self.session.seats - self.session.registered


@dataclass(frozen=True)
class Found:
    """One page. `total` counts all pages; `next` is the cursor of the page after, None at the end."""

    items: list[FoundSession]
    total: int
    next: str | None
    radius_m: float | None


@dataclass(frozen=True)
class _Row:
    """A light row of all that match."""

    starts_at: datetime
    id: UUID
    run_id: UUID
    point: Point | None
    metres: float | None = None


def upcoming(wanted: Wanted, *, now: datetime, limit: int = 10, page: int = 1, after: str | None = None) -> Found:
    """A page of what the public may still join: by number from 1, or after the cursor of the page before.

    Order: soonest first. Raises DomainError when the cursor is not one of ours.
    """
    rows = _rows(wanted, now)
    limit = max(1, min(limit, MAX_LIMIT))
    start = _after(rows, after) if after else (max(1, page) - 1) * limit
    shown = rows[start : start + limit]
    more = start + limit < len(rows)
    radius_m = wanted.radius_m if wanted.near else None
    return Found(_whole(shown), len(rows), _cursor(shown[-1]) if more and shown else None, radius_m)


def upcoming_widening(wanted: Wanted, *, now: datetime, limit: int = 10, page: int = 1) -> Found:
    """The same, the radius growing until something is found; the answer's `radius_m` is how far one had to look."""
    if wanted.near is None:
        return upcoming(wanted, now=now, limit=limit, page=page)
    first = wanted.radius_m or WIDENING_M[0]
    for radius_m in (first, *(radius for radius in WIDENING_M if radius > first)):
        found = upcoming(replace(wanted, radius_m=radius_m), now=now, limit=limit, page=page)
        if found.total:
            break
    return found


def open_sessions(*, now: datetime) -> QuerySet[Session]:
    """Sessions that the public sees and that have not begun."""
    return Session.objects.filter(
        state=SessionState.PLANNED,
        is_open=True,
        starts_at__gt=now,
        course__state=CourseState.PUBLISHED,
        course__unit__is_active=True,
    ).exclude(course__format=Format.OUTREACH)


def session_of_code(code: str) -> Session | None:
    """A session the public may know of, whatever has become of it: its page says so."""
    shown = Session.objects.exclude(course__state=CourseState.DRAFT).exclude(course__format=Format.OUTREACH)
    return shown.select_related("course__unit__organisation", "place", "commune", "run").filter(code=code).first()


def course_of_code(code: str) -> Course | None:
    """A course the public may see: published, or closed (its page then shows no date)."""
    shown = Course.objects.exclude(state=CourseState.DRAFT).exclude(format=Format.OUTREACH)
    return shown.select_related("unit__organisation").filter(code=code).first()


def sessions_of_run(session: Session) -> list[Session]:
    """The sessions held together with this one, in order, cancelled ones left out."""
    run = session.run.sessions.exclude(state=SessionState.CANCELLED)
    return list(run.select_related("course__unit__organisation", "place", "commune").order_by("starts_at", "id"))


def sessions_of_place(place_id: UUID, *, now: datetime) -> list[Session]:
    """What a place's calendar holds: the sessions of the last month and all that come, cancelled ones too."""
    shown = Session.objects.filter(place_id=place_id, starts_at__gt=now - KEPT_IN_FEED)
    shown = shown.exclude(course__state=CourseState.DRAFT).exclude(course__format=Format.OUTREACH)
    return list(shown.select_related("course", "place", "commune").order_by("starts_at", "id")[:MOST_IN_FEED])


def _rows(wanted: Wanted, now: datetime) -> list[_Row]:
    """All that match, soonest first."""
    found = open_sessions(now=now).filter(_course_asked(wanted), _session_asked(wanted))
    if wanted.near is not None and wanted.radius_m is not None:
        found = found.filter(_inside(box_around(wanted.near, wanted.radius_m)))
    columns = ("starts_at", "id", "run_id", "place__latitude", "place__longitude", "commune__latitude")
    values = found.order_by("starts_at", "id").values_list(*columns, "commune__longitude")
    rows = (_row(value, wanted.near) for value in values.iterator(chunk_size=2000))
    kept = [row for row in rows if _fits(row, wanted)]
    return _one_a_run(kept) if wanted.one_a_run else kept


def _course_asked(wanted: Wanted) -> Q:
    asked = Q(course__format__in=wanted.formats)
    if wanted.themes:
        asked &= Q(course__theme__in=wanted.themes)
    if wanted.levels:
        asked &= Q(course__level__in=wanted.levels)
    if wanted.families:
        asked &= Q(course__theme__in=[theme for theme, family in FAMILY.items() if family in wanted.families])
    if wanted.language:
        asked &= Q(course__language=wanted.language)
    if wanted.free:
        asked &= Q(course__pass_cost=0)
    if wanted.courses is not None:
        asked &= Q(course_id__in=wanted.courses)
    if wanted.plain_french:
        asked &= Q(course__plain_french=True)
    if wanted.wheelchair:
        asked &= Q(course__wheelchair=True)
    return asked & Q(course_id=wanted.course_id) if wanted.course_id else asked


def _session_asked(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.commune:
        known = territories.commune(wanted.commune)
        asked &= Q(commune=known) | Q(place__commune=known) if known else Q(pk__in=[])
    if wanted.first:
        asked &= Q(starts_at__gte=datetime.combine(wanted.first, time(), PARIS))
    if wanted.last:
        asked &= Q(starts_at__lte=datetime.combine(wanted.last, time.max, PARIS))
    if wanted.free_seats:
        asked &= Q(registered__lte=F("seats") - wanted.free_seats)
    return asked & Q(place_id=wanted.place_id) if wanted.place_id else asked


def _inside(box: Box) -> Q:
    """In the rectangle, by the place's position, else by the commune's middle."""

    def held(name: str) -> Q:
        lat, lon = (
            {f"{name}__latitude__range": (box.south, box.north)},
            {f"{name}__longitude__range": (box.west, box.east)},
        )
        return Q(**lat) & Q(**lon)

    return held("place") | (Q(place__latitude=None) & held("commune"))


def _row(value: tuple[Any, ...], near: Point | None) -> _Row:
    starts_at, identity, run, *position = value
    lat, lon = position[:2] if position[0] is not None else position[2:]
    point = None if lat is None or lon is None else Point(lat, lon)
    metres = distance_m(near, point) if near and point else None
    return _Row(starts_at, identity, run, point, metres)


def _fits(row: _Row, wanted: Wanted) -> bool:
    if wanted.near is not None and wanted.radius_m is not None and (row.metres is None or row.metres > wanted.radius_m):
        return False
    if not (wanted.evening or wanted.weekend):
        return True
    at = paris(row.starts_at)
    return (wanted.evening and at.time() >= EVENING) or (wanted.weekend and at.weekday() >= _SATURDAY)


def _one_a_run(rows: Iterable[_Row]) -> list[_Row]:
    first: dict[UUID, _Row] = {}
    for row in rows:
        first.setdefault(row.run_id, row)
    return list(first.values())


def _whole(rows: list[_Row]) -> list[FoundSession]:
    related = ("course__unit__organisation", "place__commune", "commune", "run")
    known = Session.objects.select_related(*related).in_bulk([row.id for row in rows])
    return [FoundSession(known[row.id], row.metres) for row in rows if row.id in known]


def _cursor(row: _Row) -> str:
    text = json.dumps([row.starts_at.isoformat(), str(row.id)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _after(rows: list[_Row], cursor: str) -> int:
    """The index of the first row after the cursor: rows added or gone meanwhile neither repeat nor skip another."""
    try:
        starts_at, identity = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        last = (datetime.fromisoformat(starts_at), UUID(identity))
        return sum((row.starts_at, row.id) <= last for row in rows)
    except (binascii.Error, ValueError, TypeError, AttributeError):
        raise DomainError(_("This page no longer exists. Start the search again."), field="cursor") from None
