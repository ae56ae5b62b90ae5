"""Addresses to points and back. Three questions; what cannot be found is an empty answer, never an error."""

from math import isfinite

from pourtous.kernel.geometry import Point
from pourtous.territories.geocoder import embedded, index
from pourtous.territories.geocoder.provider import chosen
from pourtous.territories.geocoder.types import Level, Match
from pourtous.territories.models import Commune

__all__ = ["Level", "Match", "commune_at", "geocode", "reverse"]


def geocode(text: str, *, postcode: str = "", insee_code: str = "", limit: int = 5) -> list[Match]:
    """Answers for an address, a street, a commune or a postcode as typed, best first.

    `postcode` and `insee_code`, given beside the text, are hints: they add weight and never exclude.
    """
    return chosen().geocode(text, postcode=postcode, insee_code=insee_code, limit=limit)


def reverse(point: Point, *, limit: int = 1) -> list[Match]:
    """What is at a point: house numbers within 200 m, else streets within 600 m, else the commune."""
    if not _is_sane(point):
        return []
    return chosen().reverse(point, limit=limit)


def commune_at(point: Point) -> Commune | None:
    """The commune whose outline holds the point (right to about 60 m of a border)."""
    town = embedded.town_at(index.current(), point) if _is_sane(point) else None
    return Commune.objects.defer("outline").filter(code=town.code).first() if town else None


def _is_sane(point: Point) -> bool:
    return isfinite(point.lat) and isfinite(point.lon) and abs(point.lat) <= 90 and abs(point.lon) <= 180  # noqa: PLR2004
