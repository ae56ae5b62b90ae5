"""The spreadsheet of La Coop: sheet "Activités", what was asked, then one line a participant."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from pourtous.activities.rules.coop import COLUMNS, NAME, NOTES, SHEET, CoopActivity, lines_of
from pourtous.kernel.clock import paris
from pourtous.kernel.tables import escape_formula

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBERS = {"minutes"}


def xlsx(
    activities: Iterable[CoopActivity],
    *,
    asker: tuple[str, str],
    filters: Sequence[tuple[str, str]],
    with_names: bool,
    now: datetime,
) -> bytes:
    """The workbook. `asker`: name and role; `filters`: name and value of each; without names, no free text either."""
    names = [name for name in COLUMNS if name != "mediator" and (with_names or name not in (NAME, NOTES))]
    found = list(activities)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        row = _head(sheet, bold, asker, filters, len(found), now)
        sheet.write_row(row, 0, [COLUMNS[name] for name in names], bold)
        for one in found:
            for line in lines_of(one):
                row += 1
                sheet.write_row(row, 0, [_cell(name, line[name]) for name in names], wrapped)
        sheet.set_column(0, len(names) - 1, 18)
    return out.getvalue()


def _cell(name: str, text: str) -> Any:
    return int(text) if name in _NUMBERS and text.isdigit() else escape_formula(text)


def _head(
    sheet: Any, bold: Any, asker: tuple[str, str], filters: Sequence[tuple[str, str]], total: int, now: datetime
) -> int:
    """What the file is; returns the row of the table's header."""
    moment = paris(now)
    first, _space, last = asker[0].partition(" ")
    sheet.write(0, 0, "Informations export", bold)
    about = [
        ("Nom", last),
        ("Prénom", first),
        ("Rôle", asker[1]),
        ("Total", total),
        ("Date d’export", f"{moment:%d/%m/%Y}"),
        ("Heure d’export", f"{moment:%H:%M}"),
    ]
    for row, pair in enumerate(about, start=1):
        sheet.write_row(row, 0, [escape_formula(cell) for cell in pair])
    start = len(about) + 2
    sheet.write(start, 0, "Filtres", bold)
    for row, pair in enumerate(filters, start=start + 1):
        sheet.write_row(row, 0, [escape_formula(cell) for cell in pair])
    return start + len(filters) + 2
