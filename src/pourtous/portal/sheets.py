"""All that is told of one place, in words: for its page and its paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pourtous.kernel.clock import paris
from pourtous.kernel.geometry import distance_m
from pourtous.places.enums import AccessMode
from pourtous.places.models import Place
from pourtous.places.rules.hours import DayHours, opening_at, week
from pourtous.portal.cards import Fact, facts, place_url
from pourtous.portal.rules import words
from pourtous.portal.rules.asked import Asked
from pourtous.portal.rules.opening import State, spans, state
from pourtous.portal.sharing import Share
from pourtous.portal.where import Spot
from pourtous.ui import format as written

Words = str | Promise
STALE_DAYS = 365


@dataclass(frozen=True)
class Line:
    """A line with its icon; `note` qualifies it ("to be checked")."""

    text: Words
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Day:
    """One row of the hours; `weekday` is its name on paper, where there is no today."""

    name: str
    weekday: str
    hours: list[str]
    is_today: bool


@dataclass(frozen=True)
class Sheet:
    """One place in words."""

    kind: Words
    distance: str
    state: State
    facts: list[Fact]
    days: list[Day]
    has_hours: bool
    help: list[Line]
    audiences: list[Words]
    care: list[Words]
    access: list[Line]
    supports: list[Words]
    programmes: list[Words]
    labels: list[str]
    address: list[str]
    way: list[Line]
    go_url: str
    is_old: bool
    share: Share


def sheet(place: Place, asked: Asked, spot: Spot | None, now: datetime) -> Sheet:
    """The sheet of a place at a moment, as seen from a spot when one is known."""
    today = paris(now).date()
    near = spot.position if spot else None
    return Sheet(
        kind=words.kind(place.typologies, place.networks),
        distance=written.distance(distance_m(near, place.point)) if near and place.point else "",
        state=state(opening_at(place.opening_hours, now), now),
        facts=facts(place, asked),
        days=_days(place, today),
        has_hours=any(day.spans for day in week(place.opening_hours, today)),
        help=_help(place),
        audiences=[words.label(term) for term in place.audiences],
        care=[words.label(term) for term in place.care],
        access=_access(place),
        supports=[words.label(term) for term in place.supports],
        programmes=[words.label(term) for term in place.programmes],
        labels=[*place.labels, *(label for label in place.other_labels if label not in words.ZONES)],
        address=address_lines(place),
        way=[Line(line, words.way_icon(line)) for line in place.access_notes.splitlines() if line],
        go_url=_go_url(place),
        is_old=place.updated_on is not None and (today - place.updated_on).days > STALE_DAYS,
        share=_share(place),
    )


def _share(place: Place) -> Share:
    lines = [*address_lines(place), written.phone(place.phone)]
    return Share.of(place.name, [line for line in lines if line], settings.PUBLIC_URL + place_url(place))


def address_lines(place: Place) -> list[str]:
    """The address as on an envelope."""
    town = f"{place.postcode} {place.commune_name}".strip()
    return [line for line in (place.address_complement, place.address, town) if line]


def _days(place: Place, today: date) -> list[Day]:
    """Seven days, today first."""
    return [_day(day) for day in week(place.opening_hours, today)]


def _day(day: DayHours) -> Day:
    name = formats.date_format(day.day, "l")
    weekday = name[:1].upper() + name[1:]
    shown = _("Today, %(day)s") % {"day": name} if day.is_today else weekday
    return Day(shown, weekday, spans(day), day.is_today)


def _help(place: Place) -> list[Line]:
    declared = [Line(*words.SERVICES[term]) for term in place.services if term in words.SERVICES]
    note = _("to be checked")
    inferred = [term for term in place.inferred_services if term not in place.services and term in words.SERVICES]
    return [*declared, *(Line(*words.SERVICES[term], note=note) for term in inferred)]


def _access(place: Place) -> list[Line]:
    return [Line(*words.ACCESS_MODES[term]) for term in place.access_modes if term in words.ACCESS_MODES]


def _go_url(place: Place) -> str:
    """A map of the whole world, opened by the person, at the place; "" when nobody goes there."""
    if place.point is None or AccessMode.NO_PUBLIC in place.access_modes:
        return ""
    at = f"mlat={place.point.lat:.5f}&mlon={place.point.lon:.5f}"
    return f"https://www.openstreetmap.org/?{at}#map=17/{place.point.lat:.5f}/{place.point.lon:.5f}"
