"""Rows of the national address base (CSV, 23 columns, read by name) as addresses ready to be stored. Pure.

Source: format of `adresses-NN.csv.gz` of the Base Adresse Nationale, Licence Ouverte 2.0.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from pourtous.kernel import text
from pourtous.kernel.geometry import Point, is_in_france

clean, fold = lru_cache(4096)(text.clean), lru_cache(4096)(text.fold)  # the same names, row after row

NEEDED = ("id", "numero", "nom_voie", "code_insee", "lon", "lat")
KNOWN = (
    *("id", "id_fantoir", "numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune"),
    *("code_insee_ancienne_commune", "nom_ancienne_commune", "x", "y", "lon", "lat", "type_position", "alias"),
    *("nom_ld", "libelle_acheminement", "nom_afnor", "source_position", "source_nom_voie"),
    *("certification_commune", "cad_parcelles"),
)
_KEY = re.compile(r"([0-9][0-9AB][0-9]{3}_[A-Za-z0-9]+)_([0-9]{1,6})(?:_(.+))?")
_NUMBER = re.compile(r"([0-9]{1,5}) ?([A-Za-z]{0,10})")
_NO_NUMBER = {"", "0", "00000", "99999"}  # a locality or street without number
_MAX_NUMBER = 9999
_MAX_NAME, _MAX_ID, _MAX_SUFFIX, _MAX_FORMER = 200, 60, 20, 100

# Why a row is left out.
NO_NAME = _("no name of street or locality")
NO_POSITION = _("no position")
OUT_OF_FRANCE = _("position out of France")
BAD_NUMBER = _("a house number that is none")
TOO_LONG = _("an identifier that is too long")


class Rejected(Exception):  # noqa: N818 (it is a verdict on a row, not an error of the program)
    """A row that cannot be used: the reason and the value at fault."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


class StreetRow(NamedTuple):
    """What a row says of its street."""

    id: str
    commune: str
    name: str
    postcode: str
    former_commune: str
    is_locality: bool


@dataclass(frozen=True)
class AddressRow:
    """A row: its street, its position and, when it has a number, its house (`id` is "" otherwise)."""

    street: StreetRow
    point: Point
    id: str
    number: int
    suffix: str


def missing_columns(names: Iterable[str]) -> list[str]:
    """Columns without which nothing can be read."""
    present = set(names)
    return [name for name in NEEDED if name not in present]


def read_row(row: dict[str, str], commune: str) -> AddressRow:
    """A row as an address of this commune of today; raises Rejected."""
    point = _point(row)
    name = clean(row.get("nom_voie", "")) or clean(row.get("nom_ld", ""))
    if not name or not fold(name):
        raise Rejected(NO_NAME, row.get("id", ""))
    number, suffix = _number(row)
    postcode = row.get("code_postal", "").removesuffix(".0")
    street = StreetRow(
        _street_id(row, commune, name),
        commune,
        name[:_MAX_NAME],
        postcode if re.fullmatch("[0-9]{5}", postcode) else "",
        clean(row.get("nom_ancienne_commune", ""))[:_MAX_FORMER],
        is_locality=not clean(row.get("nom_voie", "")) or number == 0,
    )
    key = _address_id(row, street.id, number, suffix) if number else ""
    if len(key) > _MAX_ID or len(street.id) > 40:  # noqa: PLR2004 (the column's length)
        raise Rejected(TOO_LONG, row.get("id", ""))
    return AddressRow(street, point, key, number, suffix)


def _point(row: dict[str, str]) -> Point:
    try:
        point = Point(float(row["lat"].replace(",", ".")), float(row["lon"].replace(",", ".")))
    except (KeyError, ValueError) as error:
        raise Rejected(NO_POSITION, row.get("id", "")) from error
    if not is_in_france(point):
        raise Rejected(OUT_OF_FRANCE, f"{row['lat']}, {row['lon']}")
    return point


def _number(row: dict[str, str]) -> tuple[int, str]:
    """(number, suffix): 0 for a street or locality without number."""
    number = row["numero"].removesuffix(".0")
    if number in _NO_NUMBER:
        return 0, ""
    found = _NUMBER.fullmatch(number)
    if not found or not 0 < int(found[1]) <= _MAX_NUMBER:
        raise Rejected(BAD_NUMBER, number)
    return int(found[1]), fold(row.get("rep", "") or found[2])[:_MAX_SUFFIX]


def _street_id(row: dict[str, str], commune: str, name: str) -> str:
    """The street part of the interoperability key, else the street code, else the commune and the name."""
    key = _KEY.fullmatch(row["id"])
    if key:
        return key[1]
    return row.get("id_fantoir", "") or f"{commune}_{text.slug(name)[:30]}"


def _address_id(row: dict[str, str], street: str, number: int, suffix: str) -> str:
    return row["id"] or f"{street}_{number:05}" + (f"_{suffix}" if suffix else "")
