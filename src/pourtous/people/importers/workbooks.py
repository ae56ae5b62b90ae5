"""A file of people as rows of ten cells: the spreadsheet of La Coop (XLSX), or a CSV of the same columns.

The spreadsheet has instructions in row 1, a double header in rows 2 and 3, data from row 4 on. Cells are found by their
place, once the header is found by its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import open_text
from pourtous.kernel.tables import read_csv
from pourtous.kernel.text import fold
from pourtous.kernel.workbooks import Limits, is_workbook, read_workbook, text

COLUMNS = (
    "last_name",
    "first_name",
    "birth_year",
    "commune",
    "insee",
    "postcode",
    "phone",
    "email",
    "gender",
    "notes",
)
LIMIT = 10 << 20  # bytes, as sent
MOST_ROWS = 5_000
_HEADER_WITHIN = 6
_LIMITS = Limits(sent=LIMIT, unpacked=60 << 20, rows=MOST_ROWS + 20, farthest_row=20_000)


@dataclass(frozen=True)
class Line:
    """One row: its number in the file (from 1) and its ten cells as text; `rounded` names numbers a spreadsheet cut."""

    number: int
    cells: dict[str, str]
    rounded: frozenset[str] = frozenset()


@dataclass
class Sheet:
    """What a file holds: its rows, and what there is to say about the whole."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read(path: Path) -> Sheet:
    """The rows of a file. DomainError, with a sentence, when it cannot be read to its end or is too big."""
    sheet = _workbook(path) if is_workbook(path) else _csv(path)
    if not sheet.lines:
        raise DomainError(_("This file has no row."))
    return sheet


def _workbook(path: Path) -> Sheet:
    book = read_workbook(path, _LIMITS)
    found = next((table for table in book.sheets.values() if _header(table) is not None), None)
    if found is None:
        raise DomainError(_("We do not find the columns “Nom” and “Prénom”. Use the model of La Coop."))
    sheet = Sheet(list(_lines(found, _header(found) or 0)))
    if book.hidden:
        sheet.remarks.append(_("This workbook has hidden sheets: they are not read."))
    if len(book.sheets) > 1:
        sheet.remarks.append(_("This workbook has several sheets: only the one with people is read."))
    return sheet


def _header(table: Sequence[Sequence[Any]]) -> int | None:
    """The place of the last header row: the first that names both columns, or the one under it that names them again."""
    last = None
    for index, row in enumerate(table[:_HEADER_WITHIN]):
        words = {fold(str(cell)) for cell in row}
        if any(one.startswith("nom") for one in words) and any(one.startswith("prenom") for one in words):
            last = index
    if last is None:
        return None
    under = [fold(str(cell)) for cell in (table[last + 1] if len(table) > last + 1 else ())]
    return last + 1 if {"insee", "code insee", "code postal", "cp"} & {*under} else last


def _lines(table: Sequence[Sequence[Any]], header: int) -> Iterator[Line]:
    for number, row in enumerate(table[header + 1 :], start=header + 2):
        cells = dict(zip(COLUMNS, map(_text, row), strict=False))
        if not any(cells.values()):
            continue
        if number > MOST_ROWS + header + 1:
            raise DomainError(_("This file has too many rows. The limit is %(count)s.") % {"count": MOST_ROWS})
        yield Line(number, {name: cells.get(name, "") for name in COLUMNS}, _rounded(row))


def _text(value: Any) -> str:
    """No column of people is a yes or no: a ticked cell says nothing."""
    return "" if isinstance(value, bool) else text(value)


def _rounded(row: Sequence[Any]) -> frozenset[str]:
    """Columns whose number is longer than a spreadsheet keeps: its last digits are gone."""
    long = {name for name, value in zip(COLUMNS, row, strict=False) if isinstance(value, float) and value >= 1e15}  # noqa: PLR2004
    return frozenset(long)


_NAMES = {
    "last_name": ("nom",),
    "first_name": ("prenom",),
    "birth_year": ("annee de naissance", "annee naissance", "naissance"),
    "commune": ("commune nom", "commune", "nom de la commune", "ville"),
    "insee": ("insee", "code insee", "commune insee", "code commune"),
    "postcode": ("code postal", "cp", "commune cp", "commune code postal"),
    "phone": ("telephone", "tel", "numero de telephone"),
    "email": ("e mail", "email", "mail", "courriel", "adresse e mail", "adresse email"),
    "gender": ("genre", "sexe"),
    "notes": ("notes", "note", "notes supplementaires", "remarques"),
}


def _csv(path: Path) -> Sheet:
    """A CSV by the names of its columns, in any order; stars and cases do not matter."""
    sheet = Sheet()
    with open_text(path, limit=LIMIT) as file:
        for number, row in enumerate(read_csv(file), start=2):
            named = {fold(name): cell for name, cell in row.items()}
            if number == 2 and not {"nom", "prenom"} <= {*named}:  # noqa: PLR2004 (the first row)
                raise DomainError(_("We do not find the columns “Nom” and “Prénom”. Use the model of La Coop."))
            if number > MOST_ROWS + 1:
                raise DomainError(_("This file has too many rows. The limit is %(count)s.") % {"count": MOST_ROWS})
            cells = {
                name: next((named[one] for one in wanted if named.get(one)), "") for name, wanted in _NAMES.items()
            }
            sheet.lines.append(Line(number, cells))
    return sheet
