"""Reads: communes by code (old codes understood), by postcode, by name (old names understood), outlines."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from pourtous.kernel.geometry import Box
from pourtous.kernel.text import fold
from pourtous.territories.geocoder.spelling import canonical
from pourtous.territories.models import Commune, Dataset, Epci, FormerCommune, Zone
from pourtous.territories.rules import projection, split_list, svg_path
from pourtous.ui.charts import Outline, Outlines

_CODE = re.compile(r"(?:\d[\dAB]|\d{2})\d{3}")
_POSTCODE = re.compile(r"\d{5}")


def clean_code(text: str) -> str:
    """An INSEE code as typed or as a spreadsheet left it ("34 172", "1001.0"), or "" when it is none."""
    code = re.sub(r"\s", "", str(text)).upper().removesuffix(".0")
    if code.isascii() and code.isdigit() and len(code) == 4:  # noqa: PLR2004 (a leading zero lost)
        code = "0" + code
    return code if code.isascii() and _CODE.fullmatch(code) else ""


def commune(code: str) -> Commune | None:
    """The commune of an INSEE code; a code that was merged gives the commune of today."""
    wanted = clean_code(code)
    if not wanted:
        return None
    found = Commune.objects.defer("outline").filter(code=wanted).first()
    return found or _successor(wanted)


def _successor(code: str) -> Commune | None:
    former = FormerCommune.objects.filter(code=code).order_by("-until").values_list("successor_id", flat=True).first()
    return Commune.objects.defer("outline").filter(code=former).first() if former else None


def resolve_codes(codes: Iterable[str]) -> dict[str, Commune]:
    """Communes of today for codes of any year, in two queries; codes that nothing knows are absent."""
    wanted = {code: clean_code(code) for code in codes}
    cleaned = set(wanted.values()) - {""}
    former = dict(FormerCommune.objects.filter(code__in=cleaned).order_by("until").values_list("code", "successor_id"))
    communes = Commune.objects.defer("outline").in_bulk([*cleaned, *former.values()])
    found = {code: communes.get(clean) or communes.get(former.get(clean, "")) for code, clean in wanted.items()}
    return {code: one for code, one in found.items() if one is not None}


def communes_of_postcode(postcode: str) -> list[Commune]:
    """All communes that a postcode serves, the most populated first: a postcode never identifies one."""
    wanted = re.sub(r"\s", "", postcode)
    if not wanted.isascii() or not _POSTCODE.fullmatch(wanted):
        return []
    return list(Commune.objects.defer("outline").filter(postcodes__has=wanted).order_by("-population", "code"))


def communes_named(text: str, limit: int = 10) -> list[Commune]:
    """Communes whose present or former name starts like the text or holds its words; best first.

    Exact names come first, then beginnings, then words inside; the most populated first within each.
    """
    wanted = canonical(text)
    if not wanted:
        return []
    scored = sorted(_scored(wanted), key=lambda row: (row[0], -row[1], row[2]))
    order = list(dict.fromkeys(code for _rank, _population, code in scored))[: max(limit, 0)]
    communes = Commune.objects.defer("outline").in_bulk(order)
    return [communes[code] for code in order]


def _scored(wanted: str) -> Iterable[tuple[int, int, str]]:
    """(rank, population, code) of each present or former name that answers."""
    present = Commune.objects.values_list("name", "population", "code")
    former = FormerCommune.objects.values_list("name", "successor__population", "successor_id")
    for is_former, rows in enumerate((present, former)):
        for name, population, code in rows:
            rank = _rank(wanted, canonical(name))
            if rank is not None:
                yield 2 * rank + is_former, population, code


def _rank(wanted: str, name: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 2
    return None


@dataclass
class PastedList:
    """What a pasted list of codes and names says: communes of today, and what could not be understood, as typed."""

    communes: list[Commune] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)  # names of several communes
    postcodes: list[str] = field(default_factory=list)  # a postcode is not a commune


def read_list(text: str) -> PastedList:
    """Understand a pasted list: codes of any year, present names, then former names."""
    items = split_list(text)
    by_code = resolve_codes(items)
    names = _owners_of_names() if len(by_code) < len(items) else {}
    postcodes = _all_postcodes() if names else set()
    found = PastedList()
    kept: set[str] = set()
    for item in items:
        owners = [by_code[item].code] if item in by_code else names.get(canonical(item), [])
        if len(owners) == 1:
            kept.add(owners[0])
        elif owners:
            found.ambiguous.append(item)
        else:
            (found.postcodes if item in postcodes else found.unknown).append(item)
    found.communes = list(Commune.objects.defer("outline").filter(code__in=kept))
    return found


def _all_postcodes() -> set[str]:
    return {postcode for codes in Commune.objects.values_list("postcodes", flat=True) for postcode in codes}


def _owners_of_names() -> dict[str, list[str]]:
    """Folded name → codes of today; a present name hides a former one."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name, code in Commune.objects.values_list("name", "code"):
        owners[canonical(name)].append(code)
    former: dict[str, list[str]] = defaultdict(list)
    for name, code in FormerCommune.objects.values_list("name", "successor_id"):
        if canonical(name) not in owners and code not in former[canonical(name)]:
            former[canonical(name)].append(code)
    return {**former, **owners}


ZONE_ORDERS = {"name": "name", "from": "valid_from", "communes": "size", "people": "people"}


def zones(sort: str = "name") -> QuerySet[Zone]:
    """All zones with `size` (communes) and `people` (their population).

    `sort`: a key of ZONE_ORDERS, "-" before it for descending; anything else is by name. Then by name and date.
    """
    column = ZONE_ORDERS.get(sort.removeprefix("-"), "name")
    counted = Zone.objects.annotate(size=Count("communes"), people=Coalesce(Sum("communes__population"), 0))
    return counted.order_by(("-" if sort.startswith("-") else "") + column, "name", "valid_from", "id")


def communes_of(zone: Zone) -> list[Commune]:
    """The communes of a zone with their EPCI, in the order of a French dictionary."""
    found = zone.communes.select_related("epci").defer("outline")
    return sorted(found, key=lambda one: (fold(one.name), one.code))


def groups() -> QuerySet[Epci]:
    """EPCI that have communes here, with `size` and `people` of those communes."""
    return (
        Epci.objects.filter(communes__isnull=False)
        .annotate(size=Count("communes"), people=Sum("communes__population"))
        .order_by("name")
    )


def same_name(a: str, b: str) -> bool:
    """Whether two names of communes are the same for a person who types without accents or in full."""
    return canonical(a) == canonical(b)


def departements() -> list[str]:
    """The départements that have communes here."""
    return list(Commune.objects.order_by("departement").values_list("departement", flat=True).distinct())


def outlines(codes: Iterable[str]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of communes by present code, for maps (four decimals)."""
    return _collection(Commune.objects.filter(code__in=list(codes)))


def outlines_geojson(departement: str) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of all communes of a département; empty when it has none."""
    return _collection(Commune.objects.filter(departement=fold(departement).upper()))


def outlines_around(box: Box) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the communes whose centre is inside a rectangle, for small maps."""
    inside = Commune.objects.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    return _collection(inside)


MAP_WIDTH = 1000  # units of a drawing


def map_outlines(codes: Iterable[str] | None = None) -> Outlines:
    """Outlines for `ui.charts.commune_map`: of these communes, or of all; kept until the reference data change.

    Without any outline, a drawing of no commune.
    """
    revision = Dataset.objects.filter(name="reference").values_list("revision", flat=True).first() or 0
    return _map_outlines(revision, None if codes is None else frozenset(codes))


@lru_cache(maxsize=16)
def _map_outlines(_revision: int, codes: frozenset[str] | None) -> Outlines:
    wanted = Commune.objects.filter(outline__isnull=False).order_by("code")
    communes = list(wanted if codes is None else wanted.filter(code__in=codes))
    rings = {one.code: [ring for polygon in one.outline or () for ring in polygon] for one in communes}
    if not any(rings.values()):
        return Outlines(MAP_WIDTH, MAP_WIDTH, [])
    seen = projection((ring for each in rings.values() for ring in each), MAP_WIDTH)
    drawn = [
        Outline(one.code, one.name, svg_path(rings[one.code], seen), seen.x(one.longitude), seen.y(one.latitude))
        for one in communes
    ]
    return Outlines(seen.width, seen.height, drawn)


def _collection(communes: Any) -> dict[str, Any]:
    rows = communes.filter(outline__isnull=False).order_by("code").values_list("code", "name", "outline")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": name},
                "geometry": {"type": "MultiPolygon", "coordinates": outline},
            }
            for code, name, outline in rows
        ],
    }
