"""The built-in geocoder: parse, match on the index, then one query for the house numbers."""

from dataclasses import dataclass

from django.db import connection

from pourtous.kernel.geometry import Point, box_around, distance_m
from pourtous.territories.geocoder import index as indexes
from pourtous.territories.geocoder.index import Index, Road, Town
from pourtous.territories.geocoder.match import Found, find
from pourtous.territories.geocoder.parse import parse
from pourtous.territories.geocoder.types import Asked, Level, Match
from pourtous.territories.models import Address

MAX_LIMIT = 50
ADDRESS_RADIUS_M = 200
STREET_RADIUS_M = 600
COMMUNE_RADIUS_M = 20_000
# Plain SQL: the ORM alone would take a third of the time an answer may take.
_HOUSES = (
    "SELECT street_id, id, number, suffix, postcode, latitude, longitude FROM territories_address"
    " WHERE number = %s AND street_id IN ({}) ORDER BY suffix, id"
)


@dataclass(frozen=True)
class _House:
    id: str
    number: int
    suffix: str
    postcode: str
    point: Point

    @property
    def told(self) -> str:
        return f"{self.number} {self.suffix}".strip()


def geocode(text: str, *, postcode: str, insee_code: str, limit: int) -> list[Match]:
    """Answers for an address as typed, best first."""
    asked = parse(text)
    index = indexes.current()
    postcodes = frozenset(code for code in (asked.postcode, postcode.replace(" ", "")) if code)
    wanted = max(1, min(limit, MAX_LIMIT))
    found = find(index, asked, postcodes=postcodes, insee_code=insee_code, limit=wanted)
    houses = _houses(found, asked)
    return [_match(one, asked, houses.get(one.road.id, []) if one.road else []) for one in found]


def _houses(found: list[Found], asked: Asked) -> dict[str, list[_House]]:
    """House numbers as asked in the streets found, by street: one query, none when no number was asked."""
    roads = [one.road.id for one in found if one.road]
    if asked.number is None or not roads:
        return {}
    by_road: dict[str, list[_House]] = {}
    marks = ", ".join(["%s"] * len(roads))
    with connection.cursor() as cursor:
        cursor.execute(_HOUSES.format(marks), [asked.number, *roads])
        for road, key, number, suffix, postcode, lat, lon in cursor.fetchall():
            by_road.setdefault(road, []).append(_House(key, number, suffix, postcode, Point(lat, lon)))
    return by_road


def _match(one: Found, asked: Asked, houses: list[_House]) -> Match:
    if one.road is None:
        return _commune_match(one.town, one.score, asked.postcode)
    if not houses:
        missed = 0.05 if asked.number is not None else 0.0
        return _street_match(one.town, one.road, max(one.score - missed, 0.0))
    exact = [house for house in houses if _same_suffix(house.suffix, asked.suffix)]
    return _number_match(one.town, one.road, (exact or houses)[0], one.score - (0.0 if exact else 0.03))


def _same_suffix(known: str, asked: str) -> bool:
    """Whether two suffixes mean the same house to most people: "b" and "bis" do."""
    return known == asked or (bool(known) and bool(asked) and {known, asked} in ({"b", "bis"}, {"t", "ter"}))


def _commune_match(town: Town, score: float, postcode: str) -> Match:
    code = postcode if postcode in town.postcodes else (town.postcodes[0] if town.postcodes else "")
    return Match(
        label=town.name,
        level=Level.COMMUNE,
        score=_rounded(score),
        point=town.point,
        commune_code=town.code,
        commune_name=town.name,
        postcode=code,
        street="",
        number="",
        id=town.code,
    )


def _street_match(town: Town, road: Road, score: float) -> Match:
    return Match(
        label=f"{road.name} {road.postcode} {town.name}",
        level=Level.LOCALITY if road.is_locality else Level.STREET,
        score=_rounded(score),
        point=road.point,
        commune_code=town.code,
        commune_name=town.name,
        postcode=road.postcode,
        street=road.name,
        number="",
        id=road.id,
    )


def _number_match(town: Town, road: Road, house: _House, score: float) -> Match:
    postcode = house.postcode or road.postcode
    return Match(
        label=f"{house.told} {road.name} {postcode} {town.name}",
        level=Level.NUMBER,
        score=_rounded(score),
        point=house.point,
        commune_code=town.code,
        commune_name=town.name,
        postcode=postcode,
        street=road.name,
        number=house.told,
        id=house.id,
    )


def _rounded(score: float) -> float:
    return round(min(max(score, 0.0), 1.0), 4)


def reverse(point: Point, *, limit: int) -> list[Match]:
    """The nearest house numbers; without one near, the nearest streets; else the commune the point is in."""
    index = indexes.current()
    wanted = max(1, min(limit, MAX_LIMIT))
    found = _nearest_houses(index, point, wanted) or _nearest_roads(index, point, wanted)
    if found:
        return found
    town = town_at(index, point)
    if town:
        return [_commune_match(town, 0.5, "")]
    return _nearest_communes(index, point)


def town_at(index: Index, point: Point) -> Town | None:
    """The commune whose outline holds the point."""
    return next((town for town in index.towns.values() if town.holds(point)), None)


def _nearness(metres: float) -> float:
    return 1 - min(metres / 10_000, 1)


def _nearest_houses(index: Index, point: Point, limit: int) -> list[Match]:
    box = box_around(point, ADDRESS_RADIUS_M)
    near = Address.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    ).values_list("latitude", "longitude", "id")
    ranked = sorted((distance_m(point, Point(lat, lon)), key) for lat, lon, key in near)
    kept = {key: metres for metres, key in ranked[:limit] if metres <= ADDRESS_RADIUS_M}
    houses = Address.objects.select_related("street").in_bulk(list(kept))
    matches = []
    for key, metres in kept.items():
        house, street = houses[key], houses[key].street
        town = index.towns.get(street.commune_id)
        if town:
            at = Point(house.latitude, house.longitude)
            road = Road(street.id, street.name, street.postcode, street.is_locality, at, "", (), "", "")
            told = _House(house.id, house.number, house.suffix, house.postcode, at)
            matches.append(_number_match(town, road, told, _nearness(metres)))
    return matches


def _nearest_roads(index: Index, point: Point, limit: int) -> list[Match]:
    box = box_around(point, STREET_RADIUS_M)
    near = [
        (distance_m(point, road.point), road.id, town, road)
        for town in index.towns.values()
        if distance_m(point, town.point) < COMMUNE_RADIUS_M
        for road in town.roads
        if box.holds(road.point)
    ]
    near.sort(key=lambda row: row[:2])
    return [
        _street_match(town, road, _nearness(metres))
        for metres, _key, town, road in near[:limit]
        if metres <= STREET_RADIUS_M
    ]


def _nearest_communes(index: Index, point: Point) -> list[Match]:
    near = min(((distance_m(point, town.point), town.code) for town in index.towns.values()), default=None)
    if near is None or near[0] > COMMUNE_RADIUS_M:
        return []
    return [_commune_match(index.towns[near[1]], 0.3, "")]
