"""The list of structures that host conseillers numériques, in its own columns (2022)."""

import re

from pourtous.places.enums import Programme
from pourtous.places.importers.reading import Cells
from pourtous.places.importers.rows import Draft

NAME = "conseillers-numeriques"
_COLUMNS = {
    "id": "id",
    "siret": "pivot",
    "raison_sociale": "nom",
    "commune_insee": "commune",
    "insee_com": "code_insee",
    "latitude": "latitude",
    "longitude": "longitude",
}
KNOWN = frozenset({*_COLUMNS, "adresse", "code_postal", "code_postal_bis", "france_services"})
_POSTCODE_LINE = re.compile(r"\d{5}\b.*")
_DAMAGED = re.compile(r"<([0-9a-f]{2})>")  # "Ren<e9>": a Latin-1 byte written as text


def matches(columns: frozenset[str]) -> bool:
    """A file that says how many conseillers each legal body has."""
    return {"id", "raison_sociale", "commune_insee", "nb_cnfs"} <= columns


def draft(cells: Cells) -> Draft:
    """One host structure, in the programme Conseillers numériques (and France Services when it says so)."""
    found = Draft({name: _mended(cells.get(column, "")) for column, name in _COLUMNS.items()})
    programmes = [Programme.CONSEILLERS]
    if cells.get("france_services") == "oui":
        programmes.append(Programme.FRANCE_SERVICES)
    lines = [line.strip() for line in _mended(cells.get("adresse", "")).splitlines()]
    streets = [line for line in lines if line and not _POSTCODE_LINE.fullmatch(line)]
    street = next((line for line in streets if line[0].isdigit()), streets[0] if streets else "")
    found.cells |= {
        "pivot": "" if cells.get("siret") == "null" else cells.get("siret", ""),
        "code_postal": cells.get("code_postal_bis") or cells.get("code_postal", ""),
        "adresse": street,
        "complement_adresse": " ".join(line for line in streets if line != street),
        "dispositif_programmes_nationaux": "|".join(programmes),
    }
    return found


def _mended(text: str) -> str:
    return _DAMAGED.sub(lambda match: chr(int(match[1], 16)), text)
