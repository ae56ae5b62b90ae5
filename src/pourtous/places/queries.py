"""Reads of the directory: what the public sees, near a point or by name, page by page.

A search has two steps: light rows of all that match (a code and a position, from the index), then whole rows
of the page only. Order: by distance then code when a position is given, else by folded name then code.
"""

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import EARTH_RADIUS_M, Point, box_around
from pourtous.kernel.ids import read_code
from pourtous.kernel.text import fold
from pourtous.places.enums import Fee, PlaceState
from pourtous.places.fast_rows import bare_rows, places_by_code
from pourtous.places.models import Layer, Place, ProblemReport
from pourtous.places.rules import hours
from pourtous.places.rules.hours import Opening
from pourtous.territories import queries as territories

# How far one looks when a position is given without a radius.
DEFAULT_RADIUS_M = 50_000.0
# How far `search_widening` looks in turn: on foot, by bicycle, by bus, by car, the département, all of it.
WIDENING_M = (1_500.0, 3_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0, 100_000.0, 20_040_000.0)
MAX_WORDS = 8
MAX_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class PlaceFilter:
    """What one looks for. All that is given must hold; in a tuple, any one term is enough.

    `walk_in`, `wheelchair`, `home_help`, `plain_french`: True drops the places that say no, keeps those that
    say yes and those that do not say (shown "to be checked"); `free` likewise drops those where one always pays. `evening_or_weekend` likewise keeps unknown hours.
    `open_at` keeps only what is surely open. `services` looks at declared and inferred ones.
    `commune`: INSEE code. `source`: a collector's code or the row's own source. Distances in metres.
    """

    near: Point | None = None
    radius_m: float | None = None
    commune: str = ""
    departement: str = ""
    words: str = ""
    services: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    access_modes: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    itinerance: tuple[str, ...] = ()
    walk_in: bool = False
    wheelchair: bool = False
    home_help: bool = False
    plain_french: bool = False
    accepts_pass: bool = False
    free: bool = False
    open_at: datetime | None = None
    evening_or_weekend: bool = False
    updated_since: date | None = None
    source: str = ""


@dataclass(frozen=True)
class FoundPlace:
    """One answer: the place, its distance when a position was given, and its state now."""

    place: Place
    distance_m: float | None
    opening: Opening


@dataclass(frozen=True)
class Found:
    """One page of answers. `total` counts all pages; `next` is the cursor of the page after, None at the end.

    `radius_m` is the radius that was used; None when no position was given.
    """

    items: list[FoundPlace]
    total: int
    next: str | None
    radius_m: float | None


# A light row: its sort key (distance in metres, or folded name), then its code. Thousands are made for one search.
_Hit = tuple[Any, str]


def published(code: str) -> Place | None:
    """The place the public sees under this code (as a person may type it), else None."""
    straight = read_code(code)
    return Place.objects.filter(code=straight, state=PlaceState.PUBLISHED).first() if straight else None


def known(code: str) -> Place | None:
    """Like `published`, closed places included: their page says so. What is hidden is not there."""
    straight = read_code(code)
    states = (PlaceState.PUBLISHED, PlaceState.CLOSED)
    return Place.objects.filter(code=straight, state__in=states).first() if straight else None


def report_of_number(number: str) -> ProblemReport | None:
    """The report a person was given this number for, with its place."""
    straight = read_code(number)
    return ProblemReport.objects.filter(number=straight).select_related("place").first() if straight else None


def search(
    wanted: PlaceFilter, *, now: datetime, limit: int = 10, after: str | None = None, is_counted: bool = True
) -> Found:
    """One page of what is published and wanted; `after` is the `next` of the page before.

    Not counted, opening hours are read only until the page is full, and `total` is that of places whatever their hours.
    The cursor holds the last item's sort key, so that what is added or removed meanwhile neither repeats
    nor skips another place. Raises DomainError when the cursor is not one of ours.
    """
    limit = max(1, min(limit, MAX_LIMIT))
    last = _read_cursor(after, by_distance=wanted.near is not None) if after else None
    if not (wanted.near or wanted.commune or wanted.departement or wanted.words or _needs_hours(wanted)):
        return _page_by_name(wanted, now, limit, last)
    rows = _rows(wanted)
    hits = _with_hours(rows, wanted) if is_counted else rows
    rest = hits[_first_after(hits, last) :] if last else hits
    if not is_counted:
        rest = _with_hours(rest, wanted, enough=limit + 1)
    page = rest[:limit]
    more = len(rest) > limit
    return Found(_whole(page, wanted, now), len(hits), _cursor(page[-1]) if more else None, _radius(wanted))


def search_widening(wanted: PlaceFilter, *, now: datetime, limit: int = 10, page: int = 1) -> Found:
    """Page number `page` (from 1) of what is wanted, the radius growing until something is found.

    The answer's `radius_m` tells how far one had to look. `next` is the number of the next page, or None.
    """
    limit = max(1, min(limit, MAX_LIMIT))
    start = (max(1, page) - 1) * limit
    if wanted.near is None:
        hits = _hits(wanted)
        return _numbered(hits, start, limit, wanted, now)
    first = wanted.radius_m or WIDENING_M[2]
    for radius in (first, *(r for r in WIDENING_M if r > first)):
        wider = replace(wanted, radius_m=radius)
        hits = _hits(wider)
        if hits:
            break
    return _numbered(hits, start, limit, wider, now)


def _numbered(hits: list[_Hit], start: int, limit: int, wanted: PlaceFilter, now: datetime) -> Found:
    more = str(start // limit + 2) if start + limit < len(hits) else None
    return Found(_whole(hits[start : start + limit], wanted, now), len(hits), more, _radius(wanted))


def _radius(wanted: PlaceFilter) -> float | None:
    return None if wanted.near is None else (wanted.radius_m or DEFAULT_RADIUS_M)


def _needs_hours(wanted: PlaceFilter) -> bool:
    return wanted.open_at is not None or wanted.evening_or_weekend


# --- Step one: light rows.


def _page_by_name(wanted: PlaceFilter, now: datetime, limit: int, last: _Hit | None) -> Found:
    """The page straight from the index of names: nothing needs to be worked out row by row."""
    rows = matching(wanted)
    total = rows.count()
    if last:
        rows = rows.filter(Q(sort_name__gt=last[0]) | Q(sort_name=last[0], code__gt=last[1]))
    found = rows.order_by("sort_name", "code").values_list("sort_name", "code")[: limit + 1]
    hits = list(found)
    page = hits[:limit]
    return Found(_whole(page, wanted, now), total, _cursor(page[-1]) if len(hits) > limit else None, None)


def _hits(wanted: PlaceFilter) -> list[_Hit]:
    """All light rows that fit, in order."""
    return _with_hours(_rows(wanted), wanted)


def _rows(wanted: PlaceFilter) -> list[Any]:
    """Light rows in order, hours still to be looked at: (key, code), with the opening hours behind when they count."""
    text = ("opening_hours",) if _needs_hours(wanted) else ()
    if wanted.near is None:
        return sorted(matching(wanted).order_by().values_list("sort_name", "code", *text))
    radius_m = _radius(wanted) or DEFAULT_RADIUS_M
    box = box_around(wanted.near, radius_m)
    rows = matching(wanted).filter(
        latitude__gte=box.south, latitude__lte=box.north, longitude__gte=box.west, longitude__lte=box.east
    )
    found = _measured(
        wanted.near, radius_m, bare_rows(rows.order_by().values_list("latitude", "longitude", "code", *text))
    )
    found.sort()
    return found


def _with_hours(rows: list[Any], wanted: PlaceFilter, enough: int | None = None) -> list[_Hit]:
    """Rows of (key, code) as they are; of rows of (key, code, opening hours), the first `enough` whose hours fit."""
    if not _needs_hours(wanted):
        return rows
    return list(islice(((key, code) for key, code, text in rows if _hours_fit(text, wanted)), enough))


def _measured(near: Point, radius_m: float, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of (latitude, longitude, code, …) within the radius, as (distance in metres, code, …).

    The haversine of `kernel.geometry.distance_m`, written out: thousands of rows pass here.
    """
    lat0, lon0 = radians(near.lat), radians(near.lon)
    cos0, limit = cos(lat0), sin(min(radius_m / (2 * EARTH_RADIUS_M), pi / 2)) ** 2
    found = []
    for row in rows:
        lat = radians(row[0])
        chord = sin((lat - lat0) / 2) ** 2 + cos0 * cos(lat) * sin((radians(row[1]) - lon0) / 2) ** 2
        if chord <= limit:
            found.append((2 * EARTH_RADIUS_M * asin(sqrt(chord)), *row[2:]))
    return found


def _hours_fit(text: str, wanted: PlaceFilter) -> bool:
    if wanted.open_at is not None and hours.kind_at(text, wanted.open_at) != "open":
        return False
    return not wanted.evening_or_weekend or hours.evening_or_weekend(text) is not False


def matching(wanted: PlaceFilter) -> QuerySet[Place]:
    """Published places that hold all of the filter but position and hours."""
    asked = _asked_of_columns(wanted) & _asked_of_lists(wanted)
    rows = Place.objects.filter(asked, state=PlaceState.PUBLISHED)
    return _with_words(rows, wanted.words) if wanted.words else rows


def _asked_of_columns(wanted: PlaceFilter) -> Q:
    asked = Q()
    if wanted.commune:
        known = territories.commune(wanted.commune)
        asked &= Q(commune=known) if known else Q(insee_code=wanted.commune)
    if wanted.departement:
        asked &= Q(departement=wanted.departement)
    if wanted.updated_since:
        asked &= Q(updated_on__gte=wanted.updated_since)
    if wanted.accepts_pass:
        asked &= Q(accepts_pass=True)
    if wanted.free:
        asked &= Q(fees="") | Q(fees__has_any=(Fee.FREE, Fee.FREE_IF))
    if wanted.source:
        layers = Layer.objects.filter(place=OuterRef("pk"), collector=wanted.source)
        asked &= Q(source=wanted.source) | Q(Exists(layers))
    for name in ("walk_in", "wheelchair", "home_help", "plain_french"):
        if getattr(wanted, name):
            asked &= Q(**{name: True}) | Q(**{f"{name}__isnull": True})
    return asked


# Same name in the filter and in the model.
_LISTS = ("audiences", "care", "fees", "access_modes", "supports", "programmes", "labels", "networks", "itinerance")


def _asked_of_lists(wanted: PlaceFilter) -> Q:
    asked = Q()
    if wanted.services:
        asked &= Q(services__has_any=wanted.services) | Q(inferred_services__has_any=wanted.services)
    for name in _LISTS:
        if terms := getattr(wanted, name):
            asked &= Q(**{f"{name}__has_any": terms})
    return asked


# --- Words: each must begin a word of the place's text; when nothing is found, likely misspellings are put right.


def _with_words(rows: QuerySet[Place], words: str) -> QuerySet[Place]:
    asked = fold(words).split()[:MAX_WORDS]
    exact = rows.filter(*(_begins(word) for word in asked))
    if not asked or exact.exists():
        return exact
    known = sorted({token for text in rows.order_by().values_list("search_text", flat=True) for token in text.split()})
    return rows.filter(*(_any_begins(_likely(word, known)) for word in asked))


def _begins(word: str) -> Q:
    return Q(search_text__contains=f" {word}")


def _any_begins(words: list[str]) -> Q:
    asked = Q(pk__in=[])
    for word in words:
        asked |= _begins(word)
    return asked


def _likely(word: str, known: list[str]) -> list[str]:
    """Known words that begin like the word, or are one wrong letter away (two from eight letters on)."""
    same = [token for token in known if token.startswith(word)]
    if same or len(word) < 4:  # noqa: PLR2004 (too short to guess)
        return [word] if same else []
    allowed = 2 if len(word) >= 8 else 1  # noqa: PLR2004
    close = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return sorted(token for token, _distance, _index in close)


# --- Step two: whole rows of the page.


def _whole(page: list[_Hit], wanted: PlaceFilter, now: datetime) -> list[FoundPlace]:
    places = places_by_code([code for _key, code in page])
    moment = wanted.open_at or now
    return [
        FoundPlace(
            places[code],
            key if isinstance(key, float) else None,
            hours.opening_at(places[code].opening_hours, moment),
        )
        for key, code in page
        if code in places
    ]


# --- Cursors: the sort key of the last item, opaque.


def _cursor(hit: _Hit) -> str:
    return base64.urlsafe_b64encode(json.dumps(hit).encode()).decode().rstrip("=")


def _read_cursor(text: str, *, by_distance: bool) -> _Hit:
    try:
        key, code = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, TypeError):
        key, code = None, None
    fits = isinstance(key, float) if by_distance else isinstance(key, str)
    if not fits or not isinstance(code, str) or "\0" in f"{key}{code}":
        raise DomainError(_("This page no longer exists. Start the search again."), field="cursor")
    return key, code


def _first_after(hits: list[_Hit], last: _Hit) -> int:
    return bisect_right(hits, last, key=lambda hit: hit[:2])
