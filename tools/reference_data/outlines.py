"""Outlines made light without tearing borders: neighbours keep the very same points along what they share."""

from collections import defaultdict
from itertools import pairwise

from pourtous.kernel.geometry import Point, is_inside
from tools.reference_data.packages import Outline, Ring

DECIMALS = 4
TOLERANCE = 0.0006  # degrees: about 60 metres
MIN_RING = 4

Corner = tuple[float, float]


def simplified(shapes: dict[str, Outline]) -> dict[str, Outline]:
    """The outlines with fewer corners, four decimals; a ring that vanishes goes, but never a commune's largest."""
    rounded = {code: [[_rounded(ring) for ring in polygon] for polygon in shape] for code, shape in shapes.items()}
    knots = _knots([ring for shape in rounded.values() for polygon in shape for ring in polygon])
    return {code: _light(shape, knots) for code, shape in rounded.items()}


def middle(shape: Outline) -> Corner:
    """(lon, lat) of the centre of gravity of the largest polygon; where that is outside, its nearest corner."""
    ring = max((polygon[0] for polygon in shape), key=lambda ring: abs(_moments(ring)[0]))
    area, x, y = _moments(ring)
    centre = (x / (3 * area), y / (3 * area))
    return centre if holds(shape, centre) else min(ring, key=lambda corner: _squared(corner, centre))


def holds(shape: Outline, corner: Corner) -> bool:
    """Whether a (lon, lat) is inside the outline."""
    return any(is_inside(Point(corner[1], corner[0]), polygon) for polygon in shape)


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Twice the signed area of a ring, and its moments."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return area, x, y


def _squared(a: Corner, b: Corner) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _rounded(ring: Ring) -> Ring:
    """Open ring of rounded corners without doubles."""
    corners = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    kept = [corner for before, corner in zip([corners[-1], *corners], corners, strict=False) if corner != before]
    return kept or corners[:1]


def _knots(rings: list[Ring]) -> set[Corner]:
    """Corners where borders meet: those that do not have the same two neighbours in every ring."""
    neighbours: dict[Corner, set[frozenset[Corner]]] = defaultdict(set)
    for ring in rings:
        for index, corner in enumerate(ring):
            neighbours[corner].add(frozenset((ring[index - 1], ring[(index + 1) % len(ring)])))
    return {corner for corner, pairs in neighbours.items() if len(pairs) > 1}


def _light(shape: Outline, knots: set[Corner]) -> Outline:
    polygons = []
    for polygon in shape:
        rings = [ring for ring in (_light_ring(ring, knots) for ring in polygon) if len(ring) >= MIN_RING]
        if rings:
            polygons.append(rings)
    return polygons or [[[*ring, ring[0]] for ring in max(shape, key=lambda polygon: len(polygon[0]))]]


def _light_ring(ring: Ring, knots: set[Corner]) -> Ring:
    """The closed ring, each stretch between two knots made light by itself, the same from both sides."""
    starts = [index for index, corner in enumerate(ring) if corner in knots]
    if not starts:
        lowest = ring.index(min(ring))
        farthest = ring.index(max(ring))
        starts = sorted({lowest, farthest})
    turned = ring[starts[0] :] + ring[: starts[0] + 1]
    stops = [index - starts[0] for index in starts] + [len(ring)]
    light: Ring = [turned[0]]
    for start, stop in pairwise(stops):
        light += _stretch(turned[start : stop + 1])[1:]
    return light


def _stretch(line: Ring) -> Ring:
    if line[0] > line[-1]:
        return _douglas_peucker(line[::-1])[::-1]
    return _douglas_peucker(line)


def _douglas_peucker(line: Ring) -> Ring:
    if len(line) <= 2:  # noqa: PLR2004
        return line
    away = [_distance(corner, line[0], line[-1]) for corner in line[1:-1]]
    farthest = max(range(len(away)), key=away.__getitem__)
    if away[farthest] <= TOLERANCE:
        return [line[0], line[-1]]
    return _douglas_peucker(line[: farthest + 2])[:-1] + _douglas_peucker(line[farthest + 1 :])


def _distance(corner: Corner, start: Corner, end: Corner) -> float:
    """From a corner to a segment, degrees."""
    (x, y), (x1, y1), (x2, y2) = corner, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)
