"""Free slots of many mediators and places, merged by time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from pourtous.agenda.enums import Booker
from pourtous.agenda.models import AppointmentKind, Resource
from pourtous.agenda.queries.openings import Busy, Opening, busy_of, busy_spans, openings
from pourtous.agenda.rules.occupied_time import Span, day_span, moment_of, span_of, tick_from, tick_of
from pourtous.agenda.rules.patterns import Pattern, spans_of
from pourtous.agenda.rules.slots import Slot, cut, is_free, ticks_in
from pourtous.kernel.clock import paris
from pourtous.kernel.geometry import Point, distance_m
from pourtous.places.models import Place

__all__ = ("Candidate", "Slot", "candidates", "free_slots", "next_slots")
MOST_DAYS = 366
_FAR = 1e9  # metres: where there is no place
NEAREST, EARLIEST = "nearest", "earliest"
_What = tuple[UUID, str, UUID | None]  # kind, mode, place


def free_slots(  # noqa: PLR0913 (each narrows the search)
    *,
    kind: AppointmentKind | Sequence[AppointmentKind],
    mode: str | None = None,
    place: Place | None = None,
    near: Point | None = None,
    commune: str = "",
    mediators: Iterable[Resource] | None = None,
    booker: str,
    first: date,
    days: int,
    now: datetime,
    limit: int | None = None,
    order: str = EARLIEST,
) -> list[Slot]:
    """Slots from day `first` on, for `days` days, that this booker may book now.

    `commune`: INSEE code of the place's. `near` gives distances in metres, None where there is no place with a position; `order` is "earliest" or
    "nearest" (then by time). Three queries, whatever the volume.
    """
    kinds = [one for one in _listed(kind) if booker in one.bookers]
    last = first + timedelta(days=min(days, MOST_DAYS))
    found = openings(kinds, first=first, last=last, mode=mode, place=place, commune=commune, mediators=mediators)
    window = (day_span(first)[0], day_span(last)[0])
    busy = busy_spans({one for opening in found for one in opening.bookable_ids}, window) if found else {}
    metres = _distances(found, near)
    whats = _whats(found, metres)
    terms = {one.pk: _terms(one, booker, window, now) for one in kinds}
    free = _cut_all(found, busy, terms, (first, last), whats)
    many = max(len(whats), 1)
    ranked = sorted(free, key=(lambda key: (key % many, key)) if order == NEAREST else None)
    lengths = {one.pk: timedelta(minutes=one.minutes) for one in kinds}
    named = list(whats)
    return [_slot(key, named[key % many], free[key], many, lengths, metres) for key in ranked[:limit]]


def _listed(kind: AppointmentKind | Sequence[AppointmentKind]) -> list[AppointmentKind]:
    return [kind] if isinstance(kind, AppointmentKind) else list(kind)


class _Terms(NamedTuple):
    """Length and rest in ticks; between which ticks a slot may begin."""

    length: int
    rest: int
    earliest: int
    latest: int


def _terms(kind: AppointmentKind, booker: str, window: Span, now: datetime) -> _Terms:
    earliest, latest = limits(kind, booker, now)
    return _Terms(ticks_in(kind.minutes), ticks_in(kind.rest_minutes), max(window[0], earliest), min(window[1], latest))


def limits(kind: AppointmentKind, booker: str, now: datetime) -> Span:
    """Between which ticks an appointment may begin. Colleagues know what they do: only the past is shut to them."""
    if booker == Booker.COLLEAGUE:
        return tick_from(now), tick_of(now) + MOST_DAYS * 288
    last_day = paris(now).date() + timedelta(days=kind.ahead_days + 1)
    return tick_from(now + timedelta(minutes=kind.notice_minutes)), day_span(last_day)[0]


def _whats(found: list[Opening], metres: dict[UUID | None, float]) -> dict[_What, int]:
    """A number for each kind, mode and place, nearest first: hours are sorted as whole numbers."""
    distinct = {(one.kind_id, one.mode, one.place_id) for one in found}
    ranked = sorted(distinct, key=lambda what: (metres.get(what[2], _FAR), str(what[2]), what[1], what[0]))
    return {what: number for number, what in enumerate(ranked)}


def _cut_all(
    found: list[Opening], busy: Busy, terms: dict[UUID, _Terms], days: tuple[date, date], whats: dict[_What, int]
) -> dict[int, list[UUID]]:
    """Who is free, by tick times the number of whats, plus the number of the what."""
    spans: dict[Pattern, list[Span]] = {}
    free: dict[int, list[UUID]] = {}
    many = len(whats)
    for opening in found:
        length, rest, earliest, latest = terms[opening.kind_id]
        taken = busy_of(opening, busy)
        what = whats[opening.kind_id, opening.mode, opening.place_id]
        if opening.pattern not in spans:
            spans[opening.pattern] = spans_of(opening.pattern, *days)
        for span in spans[opening.pattern]:
            if span[1] <= earliest or span[0] >= latest:
                continue
            for tick in cut(span, taken, length=length, rest=rest):
                if earliest <= tick < latest:
                    free.setdefault(tick * many + what, []).append(opening.resource_id)
    return free


def _distances(found: list[Opening], near: Point | None) -> dict[UUID | None, float]:
    if near is None:
        return {}
    points = {opening.place_id: opening.point for opening in found if opening.point is not None}
    return {place_id: distance_m(near, point) for place_id, point in points.items()}


def _slot(
    key: int,
    what: _What,
    resources: list[UUID],
    many: int,
    lengths: dict[UUID, timedelta],
    metres: dict[UUID | None, float],
) -> Slot:
    starts_at = moment_of(key // many)
    ends_at = starts_at + lengths[what[0]]
    return Slot(starts_at, ends_at, *what, tuple(dict.fromkeys(resources)), metres.get(what[2]))


class Candidate(NamedTuple):
    """Somebody free for an appointment, with the room that goes with it."""

    resource_id: UUID
    room_id: UUID | None


def candidates(
    *,
    kind: AppointmentKind,
    starts_at: datetime,
    mode: str,
    place: Place | None,
    mediators: Iterable[Resource] | None,
    booker: str,
    now: datetime,
) -> list[Candidate]:
    """Who is open and free at a moment, for this booker. Any five minutes inside the opening will do.

    So a slot shown before somebody else cancelled is still one.
    """
    earliest, latest = limits(kind, booker, now)
    first = tick_of(starts_at)
    if booker not in kind.bookers or not earliest <= first < latest:
        return []
    day = paris(starts_at).date()
    found = openings([kind], first=day, last=day + timedelta(days=1), mode=mode, place=place, mediators=mediators)
    found = [one for one in found if one.place_id == (place.pk if place else None)]
    meeting = span_of(starts_at, starts_at + timedelta(minutes=kind.minutes))
    kept = (meeting[0], meeting[1] + ticks_in(kind.rest_minutes))
    open_ones = [one for one in found if _holds(one, day, meeting)]
    busy = busy_spans({one for opening in open_ones for one in opening.bookable_ids}, kept)
    free = [Candidate(one.resource_id, one.room_id) for one in open_ones if is_free(kept, busy_of(one, busy))]
    return list(dict.fromkeys(free))


def _holds(opening: Opening, day: date, meeting: Span) -> bool:
    spans = spans_of(opening.pattern, day, day + timedelta(days=1))
    return any(first <= meeting[0] and meeting[1] <= last for first, last in spans)


def next_slots(
    *, kind: AppointmentKind, mode: str | None, place: Place | None, booker: str, after: datetime, now: datetime
) -> list[Slot]:
    """The next free slots to offer when one is taken: this day and the month after; elsewhere when there is none."""
    first = max(paris(after).date(), paris(now).date())
    for where, how in ((place, mode), (None, None)):
        found = free_slots(
            kind=kind, mode=how, place=where, booker=booker, first=first, days=31, now=now, limit=_OFFERED
        )
        if found:
            return found
    return []


_OFFERED = 6
