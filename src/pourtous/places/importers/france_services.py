"""The list of France services houses, in its own columns (published by the State's mapping team, 2024).

Hours are given day by day as "09:00 - 12:00 / 13:30 - 17:00" and become one OpenStreetMap text. What the standard has
no column for (whether one may book, comments) goes into our notes on access, in the list's own words.
"""

import re
from itertools import groupby

from django.utils.translation import gettext as _

from pourtous.places.enums import Itinerance, Programme
from pourtous.places.importers.reading import Cells
from pourtous.places.importers.rows import Draft
from pourtous.places.importers.values import tidy

NAME = "france-services"
_COLUMNS = {
    "id_fs": "id",
    "lib_fs": "nom",
    "adresse": "adresse",
    "complement_adresse": "complement_adresse",
    "insee_com": "code_insee",
    "code_postal": "code_postal",
    "lib_com": "commune",
    "latitude": "latitude",
    "longitude": "longitude",
    "mail": "courriels",
    "telephone": "telephone",
}
_DAYS = {
    "h_lundi": "Mo",
    "h_mardi": "Tu",
    "h_mercredi": "We",
    "h_jeudi": "Th",
    "h_vendredi": "Fr",
    "h_samedi": "Sa",
    "h_dimanche": "Su",
}
_ITINERANCE = {
    "Fixe": Itinerance.FIXED,
    "Fixe_antenne(s)": Itinerance.FIXED,
    "Bus_équivalent": Itinerance.MOBILE,
    "Itinérante": Itinerance.MOBILE,
}
# Kept as they are, beside the values: the standard has no column for them.
_KEPT = ("type_fs", "groupe_fs", "labellisation_fs")
KNOWN = frozenset({*_COLUMNS, *_DAYS, *_KEPT, "format_fs", "prise_rdv", "commentaire", "insee_dep"})
_SPAN = re.compile(r"\s*(\d{1,2})\s*[:hH]\s*(\d{2})\s*-\s*(\d{1,2})\s*[:hH]\s*(\d{2})\s*")
_NO_SPAN = "00:00"
_BOOKING = "Rendez-vous possible."  # shown to the public: prise_rdv says "Oui" but not how


def matches(columns: frozenset[str]) -> bool:
    """A file that numbers and names France services houses."""
    return {"id_fs", "lib_fs", "lib_com"} <= columns


def draft(cells: Cells) -> Draft:
    """One house: of the France services programme, typology RFS; which services is for us to infer, not to write."""
    found = Draft({name: cells.get(column, "") for column, name in _COLUMNS.items()})
    found.cells |= {"dispositif_programmes_nationaux": Programme.FRANCE_SERVICES, "typologie": "RFS"}
    found.kept |= {name: cells[name] for name in _KEPT if cells.get(name)}
    _set_itinerance(found, cells.get("format_fs", ""))
    _set_hours(found, cells)
    _set_notes(found, cells)
    return found


def _set_itinerance(found: Draft, text: str) -> None:
    if text in _ITINERANCE:
        found.cells["itinerance"] = _ITINERANCE[text]
    elif text:
        found.keep("format_fs", text, _("Neither fixed nor mobile in the standard's sense: set aside."))


def _set_hours(found: Draft, cells: Cells) -> None:
    days = {}
    for column, day in _DAYS.items():
        if text := cells.get(column, ""):
            if spans := spans_of(text):
                days[day] = spans
            elif spans is None:
                found.keep(column, text, _("These opening hours cannot be understood."))
    found.cells["horaires"] = week(days)


def spans_of(text: str) -> str | None:
    """Hours of a day ("09:00 - 12:00 / 13:30 - 17:00") as "09:00-12:00,13:30-17:00"; None when it cannot be read.

    An unused part of the form is "00:00 - 00:00": it says nothing.
    """
    spans = []
    for part in text.split("/"):
        match = _SPAN.fullmatch(part)
        if not match:
            return None
        opens, closes = f"{int(match[1]):02}:{match[2]}", f"{int(match[3]):02}:{match[4]}"
        if opens == closes == _NO_SPAN:
            continue
        if not opens < closes <= "24:00":
            return None
        spans.append(f"{opens}-{closes}")
    return ",".join(sorted(dict.fromkeys(spans)))


def week(days: dict[str, str]) -> str:
    """Hours by day as one OpenStreetMap text: days that follow each other with the same hours make one rule."""
    order = list(_DAYS.values())
    rules: dict[str, list[str]] = {}
    for spans, run in groupby(order, key=lambda day: days.get(day, "")):
        group = list(run)
        if spans:
            first, last = group[0], group[-1]
            names = first if first == last else f"{first},{last}" if len(group) == 2 else f"{first}-{last}"  # noqa: PLR2004
            rules.setdefault(spans, []).append(names)
    return "; ".join(f"{','.join(names)} {spans}" for spans, names in rules.items())


def _set_notes(found: Draft, cells: Cells) -> None:
    notes = [_BOOKING] if cells.get("prise_rdv") == "Oui" else []
    if comment := tidy(cells.get("commentaire", "")):
        notes.append(comment)
    if notes:
        found.own["access_notes"] = " ".join(notes)
