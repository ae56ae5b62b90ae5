"""Tables in files: CSV read whatever its separator, CSV and XLSX written exact for machines or safe for people."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import shorten

SEPARATORS = ",;\t"
MAX_COLUMNS = 500
# A cell that starts like this is a formula for a spreadsheet (OWASP, CSV injection), full-width forms included.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_BREAKS = tuple("\t\r\n")
_LEADING_BLANKS = re.compile(r"^[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]+")  # trimmed by some spreadsheets
_LONGEST_HEADER = 100_000  # characters
_LONGEST_CELL = 32_767  # characters, the format's own limit
_LONGEST_FIELD = 1 << 20  # characters of a cell that is read: an open quote ends there


def read_csv(file: IO[str]) -> Iterator[dict[str, str]]:
    """Rows as dictionaries by column name; comma, semicolon or tab found from the first line.

    Raises DomainError when the header has doubles, a single column, or more than 500; when a quote is not closed; when
    a cell is longer than a million characters.
    """
    csv.field_size_limit(_LONGEST_FIELD)  # the whole process has one limit, and some libraries lift it
    head = file.readline(_LONGEST_HEADER)
    if len(head) == _LONGEST_HEADER:
        raise DomainError(_("The first line is too long to name columns."))
    separator = max(SEPARATORS, key=head.count)
    names = [name.strip().strip("\ufeff") for name in next(csv.reader([head], delimiter=separator), [])]
    _check_header(names)
    read: list[str] = []  # the lines of the present row
    rows = csv.reader(_noted(file, read), delimiter=separator)
    try:
        for row in rows:
            if len(read) > 1 and "".join(read).count('"') % 2:
                raise _unclosed(rows.line_num + 2 - len(read))
            read.clear()
            if any(cell.strip() for cell in row):
                yield {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
    except csv.Error as error:
        line = rows.line_num + 2 - len(read)
        raise (_unclosed(line) if "".join(read).count('"') % 2 else _too_long(line)) from error


def _noted(lines: Iterable[str], read: list[str]) -> Iterator[str]:
    for line in lines:
        read.append(line)
        yield line


def _unclosed(line: int) -> DomainError:
    """Line where a quote opens that swallows those after it (1 is the header)."""
    return DomainError(_("Line %(line)s cannot be read: a quote is not closed.") % {"line": line})


def _too_long(line: int) -> DomainError:
    return DomainError(_("Line %(line)s cannot be read: one of its cells is too long.") % {"line": line})


def _check_header(names: Sequence[str]) -> None:
    if len(names) < 2:  # noqa: PLR2004
        raise DomainError(_("The first line must name the columns. We found only one."))
    if len(names) > MAX_COLUMNS:
        raise DomainError(_("This file has too many columns."))
    used = [name for name in names if name]
    if doubles := sorted({name for name in used if used.count(name) > 1}):
        raise DomainError(_("A column is there twice: %(name)s.") % {"name": doubles[0]})


def write_csv(out: IO[str], columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write an exact CSV (comma, UTF-8, no escaping): for exchange standards. Returns the number of rows."""
    writer = csv.DictWriter(out, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        writer.writerow(row)
    return count


def escape_formula(value: Any) -> Any:
    """A value for people's spreadsheets: text that a spreadsheet would run gets an apostrophe before it.

    Telephone numbers ("+33 4…") survive: a plus sign followed only by digits and spaces is no formula.
    """
    if not isinstance(value, str):
        return value
    start = _LEADING_BLANKS.sub("", value)
    if start.startswith("+") and start[1:].replace(" ", "").isdigit():
        return value
    return "'" + value if value.startswith(_BREAKS) or start.startswith(_FORMULA_STARTS) else value


def csv_for_people(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that a French spreadsheet opens well: BOM, semicolons, no formula survives."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([escape_formula(column) for column in columns])
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def xlsx_for_people(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A spreadsheet with a bold, frozen header and filters; text is written as text, never as a formula."""
    out = io.BytesIO()
    options: dict[str, Any] = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    options["default_date_format"] = "yyyy-mm-dd hh:mm"
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        count = 0
        for count, row in enumerate(rows, start=1):
            sheet.write_row(count, 0, [shorten(c, _LONGEST_CELL) if isinstance(c, str) else c for c in row])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        sheet.autofit()
    return out.getvalue()
