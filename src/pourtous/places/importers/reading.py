"""A file of places as rows of text: CSV, or JSON in the shapes portals give it."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import open_text
from pourtous.kernel.tables import MAX_COLUMNS, read_csv
from pourtous.kernel.text import fold

MAX_ROWS = 200_000
MAX_BYTES = 500 << 20  # unpacked, from the command; pages pass their own limit
_WRAPPERS = ("results", "records", "data", "features")
_NESTED = ("fields", "properties", "record")

Cells = dict[str, str]


class Table:
    """A file that can be read again and again: its columns in our spelling, its rows as text.

    Raises DomainError, with a sentence, when the file cannot be read to its end: then nothing of it is used.
    """

    def __init__(self, path: Path, *, limit: int = MAX_BYTES) -> None:
        self.path = path
        self._limit = limit
        self._objects: list[Any] | None = self._json() if self._opens_with() in "[{" else None
        self.columns: tuple[str, ...] = ()
        self.count = 0
        self._look_through()

    def __iter__(self) -> Iterator[Cells]:
        if self._objects is None:
            with open_text(self.path, limit=self._limit) as file:
                for row in read_csv(file):
                    yield {_column(name): text for name, text in row.items()}
        else:
            yield from (_cells(one) for one in self._objects)

    def _opens_with(self) -> str:
        with open_text(self.path, limit=self._limit) as file:
            start = file.read(1000).lstrip("\ufeff \t\r\n")
        if start.startswith("<"):
            raise DomainError(_("This is a web page or XML, not a table. Export the data as CSV or JSON."))
        return start[:1] or " "

    def _json(self) -> list[Any]:
        with open_text(self.path, limit=self._limit) as file:
            try:
                found = json.load(file)
            except (ValueError, RecursionError) as error:
                raise _damaged() from error
        if isinstance(found, dict):
            found = next((found[name] for name in _WRAPPERS if isinstance(found.get(name), list)), None)
        if not isinstance(found, list):
            raise DomainError(_("This JSON file must hold a list of places."))
        return found

    def _look_through(self) -> None:
        columns: dict[str, None] = {}
        for row in self:
            self.count += 1
            columns.update(dict.fromkeys(row))
            if self.count > MAX_ROWS:
                raise DomainError(_("This file has too many rows. The limit is %(count)s.") % {"count": MAX_ROWS})
            if len(columns) > MAX_COLUMNS:
                raise DomainError(_("This file has too many columns."))
        if not self.count:
            raise DomainError(_("This file has no row."))
        if not columns:
            raise DomainError(_("This JSON file must hold a list of places."))
        self.columns = tuple(columns)


def _damaged() -> DomainError:
    return DomainError(_("This JSON file cannot be read. It may be cut or damaged."))


@lru_cache(maxsize=MAX_COLUMNS * 2)
def _column(name: str) -> str:
    return fold(name).replace(" ", "_")


def _cells(one: Any) -> Cells:
    if not isinstance(one, dict):
        return {}
    for name in _NESTED:
        if isinstance(one.get(name), dict):
            one = {**one[name], **{key: value for key, value in one.items() if key != name and key not in one[name]}}
    return {_column(str(name)): _storable(_text(value)) for name, value in one.items()}


def _storable(text: str) -> str:
    """Without NUL and halves of characters: JSON can write both, no database keeps them."""
    return text.replace("\0", "").encode(errors="ignore").decode().strip()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if isinstance(value, dict | list):
        try:
            return json.dumps(value, ensure_ascii=False)
        except RecursionError as error:
            raise _damaged() from error
    return str(value)
