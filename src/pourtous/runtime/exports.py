"""Everything as CSV, with its dictionary: what `pourtous export all` writes. Nobody is ever locked in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """A column of an exported table: its name, and what is in it, in a sentence."""

    name: str
    description: str


Rows = tuple[list[Column], Iterable[tuple[Any, ...]]]
Source = Callable[[], Rows]


@dataclass(frozen=True)
class Table:
    """An exported table. `covers` names the models ("places.Place") it replaces in the general export."""

    name: str
    description: str
    source: Source
    covers: tuple[str, ...]


_tables: dict[str, Table] = {}


def table(name: str, description: str, *, covers: Iterable[str] = ()) -> Callable[[Source], Source]:
    """Declare a table in an app's `exports.py`, on a function that returns (columns, rows).

    Every model without such a table is exported column by column anyway.
    """

    def declare(source: Source) -> Source:
        _tables[name] = Table(name, description, source, tuple(covers))
        return source

    return declare


def tables() -> dict[str, Table]:
    """All declared tables by name."""
    return dict(sorted(_tables.items()))
