"""The spreadsheet of La Coop: finding the table under what precedes it, and the lines of each activity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from pourtous.activities.rules.coop import COLUMNS, SHEET, column_of
from pourtous.kernel.errors import DomainError
from pourtous.kernel.workbooks import Limits, read_workbook, text

LIMIT = 10 << 20  # bytes
MOST_ROWS = 60_000
_LIMITS = Limits(sent=LIMIT, unpacked=200 << 20, rows=MOST_ROWS + 1, farthest_row=2 * MOST_ROWS)
_HEADER_WITHIN = 60
_NEEDED = ("day", "kind", "minutes", "source_id")


@dataclass(frozen=True)
class Group:
    """The lines of one activity, by our names of columns, and the number of the first in the file (from 1)."""

    source_id: str
    row: int
    lines: Sequence[dict[str, str]]


def read(path: Path) -> list[Group]:
    """Each activity of a file with its lines, in the order of the file; lines without id are groups of their own.

    Raises DomainError when the file is no such spreadsheet.
    """
    sheets = read_workbook(path, _LIMITS).sheets
    table = [[text(cell) for cell in row] for row in sheets.get(SHEET) or next(iter(sheets.values()), [])]
    at = next((n for n, row in enumerate(table[:_HEADER_WITHIN]) if _is_header(row)), None)
    if at is None:
        raise DomainError(_("We do not find the table of activities. Use the export of La Coop, sheet “Activités”."))
    if len(table) > MOST_ROWS:
        raise DomainError(_("This file has too many rows. The limit is %(count)s.") % {"count": MOST_ROWS})
    names = [column_of(cell) for cell in table[at]]
    if missing := [COLUMNS[name] for name in _NEEDED if name not in names]:
        raise DomainError(_("A column is missing: %(name)s.") % {"name": ", ".join(missing)})
    return _grouped(_lines(table[at + 1 :], names, at + 2))


def _is_header(row: Sequence[str]) -> bool:
    names = {column_of(cell) for cell in row}
    return {"day", "kind", "minutes"} <= names


def _lines(rows: Sequence[Sequence[str]], names: Sequence[str], start: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by name of column; when two columns share a name (older versions), the one that says something counts."""
    for number, row in enumerate(rows, start=start):
        line: dict[str, str] = {}
        for name, cell in zip(names, row, strict=False):
            if name and not line.get(name):
                line[name] = cell
        if any(line.values()):
            yield number, line


def _grouped(lines: Iterator[tuple[int, dict[str, str]]]) -> list[Group]:
    found: dict[str, tuple[int, list[dict[str, str]]]] = {}
    for number, line in lines:
        identity = line.get("source_id", "").strip()
        found.setdefault(identity or f"\n{number}", (number, []))[1].append(line)
    return [Group(key if not key.startswith("\n") else "", row, group) for key, (row, group) in found.items()]
