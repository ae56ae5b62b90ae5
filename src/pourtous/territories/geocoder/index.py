"""Communes and streets in memory, one copy a process, read again when an import has changed them."""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Sum

from pourtous.kernel.geometry import Box, Point, is_inside
from pourtous.kernel.text import fold
from pourtous.territories.geocoder.spelling import SMALL_WORDS, canonical, in_full, kind_of, telling_words
from pourtous.territories.models import Commune, Dataset, FormerCommune, Street

CHECK_SECONDS = 3.0


class Road(NamedTuple):
    """A street or locality, ready to be compared."""

    id: str
    name: str
    postcode: str
    is_locality: bool
    point: Point
    kind: str
    words: tuple[str, ...]  # those that tell it from another street
    full: str  # all its words, glued
    former: str  # folded name of the former commune it is in, if any


@dataclass
class Town:
    """A commune, ready to be compared; `keys[i]` is the telling words of `roads[i]`, glued; `by_key` finds it back."""

    code: str
    name: str
    population: int
    postcodes: tuple[str, ...]
    point: Point
    outline: Sequence[Sequence[Sequence[Sequence[float]]]]
    box: Box
    roads: list[Road] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_key: dict[str, list[int]] = field(default_factory=dict)

    def holds(self, point: Point) -> bool:
        """Whether the point is inside the outline."""
        return self.box.holds(point) and any(is_inside(point, polygon) for polygon in self.outline)


@dataclass
class Index:
    """What the matching reads. `names` are glued folded names of communes, present and former."""

    version: int
    towns: dict[str, Town] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    owners: dict[str, list[str]] = field(default_factory=dict)
    by_postcode: dict[str, list[Town]] = field(default_factory=dict)

    def name(self, words: str, code: str) -> None:
        """Let a commune be found by this name, and by it without small words."""
        full = canonical(words).split()
        bare = [word for word in full if word not in SMALL_WORDS]
        for key in dict.fromkeys(("".join(full), "".join(bare))):
            owners = self.owners.setdefault(key, [])
            if key and code not in owners:
                owners.append(code)


_lock = threading.Lock()
_current: Index | None = None
_checked = 0.0


def current() -> Index:
    """The index of this process, at most a few seconds behind the database."""
    global _current, _checked  # noqa: PLW0603 (one copy a process is the point)
    if _current is not None and time.monotonic() - _checked < CHECK_SECONDS:
        return _current
    with _lock:
        version = _version()
        if _current is None or _current.version != version:
            _current = build(version)
        _checked = time.monotonic()
        return _current


def forget() -> None:
    """Read everything again at the next question (tests, and after an import in this very process)."""
    global _current  # noqa: PLW0603
    _current = None


def _version() -> int:
    return Dataset.objects.aggregate(total=Sum("revision"))["total"] or 0


def build(version: int) -> Index:
    """Read the tables into a new index."""
    index = Index(version)
    _add_communes(index)
    for name, code in FormerCommune.objects.order_by("code", "until").values_list("name", "successor_id"):
        index.name(name, code)
    index.names = [name for name in index.owners if name]
    _add_streets(index)
    return index


def _add_communes(index: Index) -> None:
    fields = ("code", "name", "population", "postcodes", "latitude", "longitude", "outline")
    towns_of: dict[str, list[Town]] = defaultdict(list)
    for code, name, population, postcodes, lat, lon, outline in (
        Commune.objects.order_by("-population", "code").values_list(*fields).iterator(chunk_size=500)
    ):
        shape = outline or []
        town = Town(code, name, population, postcodes, Point(lat, lon), shape, _box(shape))
        index.towns[code] = town
        index.name(name, code)
        for postcode in postcodes:
            towns_of[postcode].append(town)
    index.by_postcode = dict(towns_of)


def _box(outline: Sequence[Sequence[Sequence[Sequence[float]]]]) -> Box:
    corners = [corner for polygon in outline for ring in polygon for corner in ring]
    if not corners:
        return Box(1, 1, -1, -1)
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Box(min(lats), min(lons), max(lats), max(lons))


def _add_streets(index: Index) -> None:
    fields = ("id", "commune_id", "name", "postcode", "is_locality", "latitude", "longitude", "former_commune")
    for key, code, name, postcode, is_locality, lat, lon, former in (
        Street.objects.order_by("id").values_list(*fields).iterator(chunk_size=5000)
    ):
        town = index.towns[code]
        words = in_full(fold(name).split())
        telling = telling_words(words)
        road = Road(
            key,
            name,
            postcode,
            is_locality,
            Point(lat, lon),
            kind_of(words),
            tuple(telling),
            "".join(words),
            fold(former),
        )
        for word in set(telling):
            town.by_word.setdefault(word, []).append(len(town.roads))
        town.by_key.setdefault("".join(telling), []).append(len(town.roads))
        town.roads.append(road)
        town.keys.append("".join(telling))
