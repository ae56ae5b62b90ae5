"""Workbooks (XLSX) as they come from people: cells as text, and nothing unpacked beyond a limit."""

import re
import zipfile
import zlib
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, ZipError

from pourtous.kernel.errors import DomainError

UNPACKED_LIMIT = 200 << 20  # bytes
MOST_PARTS = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BLOCK = 1 << 20
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,8})"')
_REFERENCE = 20  # bytes: a reference cut between two blocks
_LONGEST_COLUMN = 2  # letters

Table = list[list[str]]


def tables(path: Path, *, limit: int, most_rows: int) -> dict[str, Table]:
    """The sheets by name, in order, each as rows of text; rows beyond `most_rows` + 1 are not read.

    `limit`: bytes of the file. DomainError, with a sentence, when it is no workbook, too big, damaged, or has cells far
    outside any table (a reader would lay out all cells before them).
    """
    if path.stat().st_size > limit:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": limit >> 20})
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE:
        raise DomainError(_("This workbook is old or locked by a password. Save it again as XLSX, without password."))
    if start != _ZIP:
        raise DomainError(_("This is no workbook of the kind XLSX."))
    _refuse_bombs(path, most_rows)
    try:
        book = CalamineWorkbook.from_path(str(path))
        read = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most_rows + 1)
            for name in book.sheet_names
        }
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise DomainError(_("This workbook is damaged: it cannot be read.")) from error
    return {name: [[text(cell) for cell in row] for row in rows] for name, rows in read.items()}


def _refuse_bombs(path: Path, most_rows: int) -> None:
    """Sizes told by the archive itself are not believed."""
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or "xl/workbook.xml" not in {part.filename for part in parts}:
                raise DomainError(_("This is no workbook of the kind XLSX."))
            for part in parts:
                with archive.open(part) as content:
                    total += _unpacked(content, UNPACKED_LIMIT - total, most_rows * 2)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DomainError(_("This workbook is damaged: it cannot be read.")) from error


def _unpacked(content: IO[bytes], most: int, farthest: int) -> int:
    """The size of one part, read to its end."""
    size, tail = 0, b""
    while block := content.read(_BLOCK):
        size += len(block)
        if size > most:
            raise DomainError(_("This file is too big once unpacked. The limit is %(mb)s MB.") % {"mb": most >> 20})
        for column, row in _CELL.findall(tail + block):
            if len(column) > _LONGEST_COLUMN or int(row) > farthest:
                raise DomainError(_("This workbook has cells far outside the table. Copy the table to a new workbook."))
        tail = block[-_REFERENCE:]
    return size


def text(value: Any) -> str:
    """What a person would have typed: whole numbers without decimals, days as "1956-03-12", lines kept."""
    match value:
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()[:10]
        case _:
            return str(value).replace("\0", "").encode(errors="ignore").decode().strip()
