"""From what was asked to what is found: one call to the directory, then words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats

from pourtous.agenda.enums import Booker
from pourtous.agenda.queries.offers import soonest_by_place
from pourtous.places.queries import Found, PlaceFilter, search_widening
from pourtous.portal.cards import Card, card
from pourtous.portal.rules import choices
from pourtous.portal.rules.asked import DIMENSIONS, Asked
from pourtous.portal.where import Spot, spot_of

PER_PAGE = 10
NEAR_M = 15_000.0
ANYWHERE_M = 200_000.0  # further than that, a distance says nothing


@dataclass(frozen=True)
class Answer:
    """What a page of results shows. Distances in metres; `looked_m` is how far one had to look."""

    cards: list[Card]
    total: int
    pages: int
    spot: Spot | None
    asked_m: float | None
    looked_m: float | None

    @property
    def asked_words(self) -> str:
        """How near one looked first: "5 km"."""
        return length(self.asked_m) if self.asked_m else ""

    @property
    def looked_words(self) -> str:
        """How far one had to look; "" when all was searched."""
        return length(self.looked_m) if self.looked_m and self.looked_m < ANYWHERE_M else ""

    @property
    def was_widened(self) -> bool:
        """Whether nothing was found as near as one looked first."""
        return (
            bool(self.total) and self.asked_m is not None and self.looked_m is not None and self.looked_m > self.asked_m
        )


def length(metres: float) -> str:
    """A radius in words: "1,5 km"."""
    km = metres / 1000
    return f"{formats.number_format(km, 0 if km == int(km) else 1)}\u00a0km"


def wanted(asked: Asked, spot: Spot | None, now: datetime) -> PlaceFilter:
    """The filter of the directory for what a person asked."""
    need = choices.need(asked.need)
    terms: dict[str, Any] = {DIMENSIONS[name][0]: values for name, values in asked.terms.items()}
    services = terms.pop("services", None) or (need.services if need else ())
    near = spot.position if spot else None
    has = asked.wishes.__contains__
    return PlaceFilter(
        near=near,
        radius_m=_radius(asked) if near else None,
        departement=_departement() if asked.everywhere and not near else "",
        words=asked.words,
        services=services,
        walk_in=has(choices.WALK_IN),
        wheelchair=has(choices.WHEELCHAIR),
        home_help=has(choices.AT_HOME),
        plain_french=has(choices.PLAIN_FRENCH),
        accepts_pass=asked.accepts_pass,
        evening_or_weekend=has(choices.LATE),
        open_at=now if asked.open_now else None,
        free=has(choices.FREE),
        **terms,
    )


def _radius(asked: Asked) -> float:
    if asked.wider_km:
        return asked.wider_km * 1000.0
    return choices.ON_FOOT_M if choices.ON_FOOT in asked.wishes else NEAR_M


def _departement() -> str:
    """The one of the territory; with several, all are searched."""
    known = settings.TERRITORY["departements"]
    return str(known[0]) if len(known) == 1 else ""


def find(asked: Asked, now: datetime) -> Answer:
    """The page of results that was asked; a page past the end gives the last one."""
    spot = spot_of(asked)
    filters = wanted(asked, spot, now)
    found = search_widening(filters, now=now, limit=PER_PAGE, page=asked.page)
    pages = max(1, -(-found.total // PER_PAGE))
    page = min(asked.page, pages)
    if page != asked.page:
        found = search_widening(filters, now=now, limit=PER_PAGE, page=page)
    return Answer(_cards(found, page, asked, now), found.total, pages, spot, filters.radius_m, found.radius_m)


def first(asked: Asked, now: datetime, limit: int) -> Answer:
    """The first results only, for paper."""
    spot = spot_of(asked)
    filters = wanted(asked, spot, now)
    found = search_widening(filters, now=now, limit=limit, page=1)
    return Answer(_cards(found, 1, asked, now), found.total, 1, spot, filters.radius_m, found.radius_m)


def _cards(found: Found, page: int, asked: Asked, now: datetime) -> list[Card]:
    start = (page - 1) * PER_PAGE
    bookable = soonest_by_place([one.place for one in found.items], booker=Booker.PUBLIC, now=now)
    return [
        card(one, start + index, asked, now, is_best=start + index == 1, is_bookable=one.place.pk in bookable)
        for index, one in enumerate(found.items, start=1)
    ]
