"""Pure rules: lists of communes as people paste them, when a zone is open, outlines as a drawing has them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians

Ring = Sequence[Sequence[float]]  # [lon, lat] pairs

_SEPARATORS = re.compile(r"[\n\r\t;,|]+")
_CODE = r"\d[\dABab]\d{3}"
_CODES_ONLY = re.compile(rf"{_CODE}(?:\s+{_CODE})+")
_CODE_FIRST = re.compile(rf"({_CODE})\b[\s:–-]+\S.*")
_CODE_LAST = re.compile(rf".*\S[\s(–-]+({_CODE})\)?")


def split_list(text: str) -> list[str]:
    """Codes and names out of a pasted list: one a line, or parted by commas, semicolons, tabs; doubles dropped.

    "34001 34002" is two codes; "34001 Abeilhan" and "Abeilhan (34001)" are the code alone.
    """
    items: list[str] = []
    for piece in _SEPARATORS.split(text):
        item = piece.strip().strip("\"'•*-").strip()
        if _CODES_ONLY.fullmatch(item):
            items += item.split()
        elif item:
            both = _CODE_FIRST.fullmatch(item) or _CODE_LAST.fullmatch(item)
            items.append(both[1] if both else item)
    return list(dict.fromkeys(items))


def is_open(valid_from: date, valid_until: date | None, day: date) -> bool:
    """Whether a zone counts on this day; its last day is not in it."""
    return valid_from <= day and (valid_until is None or day < valid_until)


@dataclass(frozen=True)
class Projection:
    """Degrees → whole units of a drawing `width` wide: flat, true in shape at the middle of the territory."""

    west: float
    north: float
    squeeze: float  # how much shorter a degree of longitude is than one of latitude
    scale: float  # units a degree of latitude
    width: int
    height: int

    def x(self, lon: float) -> int:
        """From the left."""
        return round((lon - self.west) * self.squeeze * self.scale)

    def y(self, lat: float) -> int:
        """From the top."""
        return round((self.north - lat) * self.scale)


def projection(rings: Iterable[Ring], width: int) -> Projection:
    """The projection that fits these rings in a drawing of this width; ValueError when there is none."""
    points = [point for ring in rings for point in ring]
    if not points:
        msg = "no outline"
        raise ValueError(msg)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    scale = width / max((east - west) * squeeze, 1e-9)
    return Projection(west, north, squeeze, scale, width, max(1, round((north - south) * scale)))


def svg_path(rings: Iterable[Ring], seen: Projection) -> str:
    """The rings as the d of an SVG path, in short relative steps; points that fall on the last one are dropped."""
    pieces: list[str] = []
    for ring in rings:
        x, y = seen.x(ring[0][0]), seen.y(ring[0][1])
        pieces.append(f"M{x} {y}l")
        for lon, lat in ring[1:]:
            next_x, next_y = seen.x(lon), seen.y(lat)
            if (next_x, next_y) != (x, y):
                pieces.append(f"{next_x - x} {next_y - y} ")
                x, y = next_x, next_y
        pieces[-1] = pieces[-1].rstrip("l ")
        pieces.append("z")
    return "".join(pieces)
