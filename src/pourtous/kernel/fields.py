"""A model field for short lists of terms, the same on both databases."""

from collections.abc import Iterable
from typing import Any

from django.db import models

SEPARATOR = "|"


class TermListField(models.TextField):  # type: ignore[type-arg]
    """A tuple of terms in one text column, each between bars: "|a|b|"; empty is "".

    `has` looks for one whole term, `has_any` for any of several. Order is kept, doubles are dropped.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", tuple)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        """From the column to the tuple: what `get_prep_value` wrote, so without its care; lists read thousands."""
        return tuple(value[1:-1].split(SEPARATOR)) if value else ()

    def to_python(self, value: Any) -> tuple[str, ...]:
        """From text or any iterable of terms."""
        if not value:
            return ()
        parts: Iterable[str] = value.split(SEPARATOR) if isinstance(value, str) else value
        return tuple(dict.fromkeys(part.strip() for part in parts if part and part.strip()))

    def get_prep_value(self, value: Any) -> str:
        """To the column."""
        terms = self.to_python(value)
        return SEPARATOR + SEPARATOR.join(terms) + SEPARATOR if terms else ""

    def value_to_string(self, obj: models.Model) -> str:
        """For serialisers."""
        return self.get_prep_value(self.value_from_object(obj))


def _whole(term: str) -> str:
    return SEPARATOR + term + SEPARATOR


def _holds(connection: Any) -> str:
    """The database's own search for a text in a text: exact, where LIKE minds no case on SQLite."""
    return "strpos" if connection.vendor == "postgresql" else "instr"


class _Has(models.Lookup[Any]):
    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """One search for the whole term."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"{_holds(connection)}({lhs}, %s) > 0", (*params, _whole(self.rhs))


class _HasAny(models.Lookup[Any]):
    lookup_name = "has_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """One search a term; no term finds nothing."""
        lhs, params = self.process_lhs(compiler, connection)
        terms = [_whole(term) for term in self.rhs]
        if not terms:
            return "1 = 0", ()
        clause = " OR ".join(f"{_holds(connection)}({lhs}, %s) > 0" for _ in terms)
        return f"({clause})", tuple(value for term in terms for value in (*params, term))


TermListField.register_lookup(_Has)
TermListField.register_lookup(_HasAny)
