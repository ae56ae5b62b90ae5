"""Points on Earth (WGS84 degrees) and distances (metres). Plain arithmetic: no GIS library needed."""

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
WALK_METRES_PER_MINUTE = 67  # 4 km/h as a person of 65 walks


class Point(NamedTuple):
    """A position: latitude then longitude, degrees."""

    lat: float
    lon: float


class Box(NamedTuple):
    """A rectangle of latitudes and longitudes, degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether the point is inside or on the edge."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


# Metropolitan France with Corsica, then the overseas territories where the State's services stand.
FRANCE = (
    Box(41.2, -5.3, 51.2, 9.7),  # métropole
    Box(15.7, -61.9, 16.6, -60.9),  # Guadeloupe
    Box(14.3, -61.3, 15.0, -60.7),  # Martinique
    Box(2.0, -54.7, 5.9, -51.5),  # Guyane
    Box(-21.5, 55.1, -20.8, 55.9),  # La Réunion
    Box(-13.1, 44.9, -12.5, 45.4),  # Mayotte
    Box(46.7, -56.5, 47.2, -56.1),  # Saint-Pierre-et-Miquelon
    Box(17.8, -63.2, 18.2, -62.7),  # Saint-Martin, Saint-Barthélemy
    Box(-23.0, 163.0, -19.0, 168.5),  # Nouvelle-Calédonie
    Box(-28.0, -155.0, -7.5, -134.0),  # Polynésie française
    Box(-14.5, -178.3, -13.1, -176.0),  # Wallis-et-Futuna
)


def is_in_france(point: Point) -> bool:
    """Whether the point is within the rectangles of the French territories."""
    return any(box.holds(point) for box in FRANCE)


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(chord, 1.0)))


def box_around(centre: Point, radius_m: float) -> Box:
    """A rectangle that holds the circle, hardly larger: what an index can search before the exact distance."""
    lat = radius_m / 111_195
    lon = lat / max(cos(radians(abs(centre.lat) + lat)), 0.01)  # at the edge nearest the pole, where degrees are short
    return Box(centre.lat - lat, centre.lon - lon, centre.lat + lat, centre.lon + lon)


def is_inside(point: Point, rings: Iterable[Sequence[Sequence[float]]]) -> bool:
    """Whether the point is inside rings of [lon, lat] pairs (GeoJSON order), holes included (even–odd rule)."""
    inside = False
    for ring in filter(None, rings):
        previous = ring[-1]
        for corner in ring:
            (x1, y1), (x2, y2) = previous[:2], corner[:2]
            if (y1 > point.lat) != (y2 > point.lat) and point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1:
                inside = not inside
            previous = corner
    return inside


def walk_minutes(metres: float) -> int:
    """Minutes on foot for a straight-line distance, with a detour of 1.3."""
    return max(1, round(metres * 1.3 / WALK_METRES_PER_MINUTE))
