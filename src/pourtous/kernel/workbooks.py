"""Workbooks (XLSX) as they come from people: the sheets they show, and nothing unpacked beyond a limit."""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

from pourtous.kernel.errors import DomainError

MOST_PARTS = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BLOCK = 1 << 20
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,8})"')
_REFERENCE = 20  # bytes: a reference cut between two blocks
_LONGEST_COLUMN = 2  # letters


@dataclass(frozen=True)
class Limits:
    """What a workbook may measure: bytes as sent and once unpacked; rows read of a sheet; its farthest row with a cell.

    A reader lays out all cells before the farthest one, so that a single cell far away is as heavy as a full table.
    """

    sent: int
    unpacked: int
    rows: int
    farthest_row: int


@dataclass(frozen=True)
class Workbook:
    """The sheets a workbook shows, by name and in order, each as rows of raw cells; and how many it hides."""

    sheets: Mapping[str, Sequence[Sequence[Any]]]
    hidden: int


def is_workbook(path: Path) -> bool:
    """Whether a file begins as an XLSX does. DomainError when it is a workbook of an older kind, or locked."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE:
        raise DomainError(_("This workbook is old or locked by a password. Save it again as XLSX, without password."))
    return start == _ZIP


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """What a workbook shows, its first `limits.rows` rows a sheet.

    DomainError, with a sentence, when it is no workbook, too big, damaged, or has macros or cells far outside any table.
    """
    if path.stat().st_size > limits.sent:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": limits.sent >> 20})
    if not is_workbook(path):
        raise DomainError(_("This is no workbook of the kind XLSX."))
    _refuse_bombs(path, limits)
    try:
        book = CalamineWorkbook.from_path(str(path))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=limits.rows) for name in shown
        }
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise DomainError(_("This workbook is damaged: it cannot be read.")) from error
    return Workbook(sheets, hidden=len(book.sheets_metadata) - len(shown))


def _refuse_bombs(path: Path, limits: Limits) -> None:
    """Sizes told by the archive itself are not believed."""
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or "xl/workbook.xml" not in names:
                raise DomainError(_("This is no workbook of the kind XLSX."))
            if any("vbaProject" in name for name in names):
                raise DomainError(_("This workbook has macros. Save it again as XLSX, without macros."))
            for part in parts:
                with archive.open(part) as content:
                    total += _unpacked(content, total, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DomainError(_("This workbook is damaged: it cannot be read.")) from error


def _unpacked(content: IO[bytes], before: int, limits: Limits) -> int:
    """The size of one part, read to its end, after `before` bytes of other parts."""
    size, tail = 0, b""
    while block := content.read(_BLOCK):
        size += len(block)
        if before + size > limits.unpacked:
            raise DomainError(
                _("This file is too big once unpacked. The limit is %(mb)s MB.") % {"mb": limits.unpacked >> 20}
            )
        for column, row in _CELL.findall(tail + block):
            if len(column) > _LONGEST_COLUMN or int(row) > limits.farthest_row:
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
