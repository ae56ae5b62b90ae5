"""Rows made in memory and written together, a table at a time, without what the ORM does for each of them.

Keys are known before; the database looks at foreign keys when the transaction ends. Columns that save() would fill
(`auto_now`) are the caller's business.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model

_Values = tuple[Any, ...]


class Batch:
    """Rows by model, in the order in which models come."""

    def __init__(self) -> None:
        self._tables: dict[type[Model], list[_Values]] = {}

    def add(self, rows: Iterable[Model]) -> None:
        """Keep rows to write."""
        for row in rows:
            names = [field.attname for field in _columns(type(row))]
            self._tables.setdefault(type(row), []).append(tuple(getattr(row, name) for name in names))

    def add_values(self, model: type[Model], rows: Iterable[Sequence[Any]]) -> None:
        """The same for values in the order of the model's columns (without a key that counts by itself)."""
        self._tables.setdefault(model, []).extend(map(tuple, rows))

    def save(self) -> int:
        """Write all; how many rows. Inside the caller's transaction."""
        with connection.cursor() as cursor:
            for model, rows in self._tables.items():
                cursor.executemany(_statement(model), list(_prepared(model, rows)))
        return sum(map(len, self._tables.values()))


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)  # noqa: SLF001 (Django's documented way)
    return [field for field in fields if not isinstance(field, AutoField)]


def _statement(model: type[Model]) -> str:
    quoted = connection.ops.quote_name
    fields = _columns(model)
    names = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)  # noqa: SLF001
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 (names of our own columns)


def _prepared(model: type[Model], rows: list[_Values]) -> Iterator[_Values]:
    """Values as the database takes them; one that comes again is not made again."""
    ways = [_way(field) for field in _columns(model)]
    for row in rows:
        yield tuple(way(value) for way, value in zip(ways, row, strict=True))


def _way(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    made: dict[Any, Any] = {}

    def prepare(value: Any) -> Any:
        try:
            return made[value]
        except KeyError:
            made[value] = field.get_db_prep_save(value, connection)
            return made[value]
        except TypeError:  # a list, a dictionary
            return field.get_db_prep_save(value, connection)

    return prepare
