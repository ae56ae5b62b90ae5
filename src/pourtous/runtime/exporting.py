"""Writing `export all`: one CSV a table, and a dictionary that says what each column is."""

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.privacy import Declared
from pourtous.runtime.exports import tables

DICTIONARY = "dictionnaire.csv"
SECRETS = ("password", "token", "secret", "digest", "pin")
LEFT_OUT = "Left out: a secret."
NOT_OURS = "Left out: a technical table (sessions, second factors, queue). It holds no data of the programme."


@dataclass(frozen=True)
class Entry:
    """One line of the dictionary."""

    table: str
    table_description: str
    column: str
    description: str
    type: str = ""
    exported: str = "yes"
    personal: str = ""
    purpose: str = ""
    legal_basis: str = ""
    retention: str = ""


class Sheet(NamedTuple):
    """One table ready to write."""

    name: str
    entries: list[Entry]
    rows: Iterable[Sequence[Any]]


def export_all(folder: Path) -> dict[str, int]:
    """Write every table; the folder appears whole, or not at all. Returns rows by table.

    Everything is read at one moment. DomainError when the folder holds something else than an earlier export.
    """
    _refuse_foreign(folder)
    partial = folder.with_name(folder.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        with _one_moment():
            counts, entries = {}, []
            for sheet in sheets():
                counts[sheet.name] = _write(partial / f"{sheet.name}.csv", _columns(sheet), sheet.rows)
                entries += sheet.entries
            entries += _not_ours()
        _write(partial / DICTIONARY, list(Entry.__dataclass_fields__), map(astuple, entries))
        _put(partial, folder)
    except OSError as error:
        raise DomainError(_("The export cannot be written: %(reason)s.") % {"reason": error.strerror}) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return counts


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / DICTIONARY).exists())):
        raise DomainError(_("%(folder)s already holds something else. Choose another folder.") % {"folder": folder})


def _put(partial: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A reading transaction: a snapshot on both databases that no writer waits for."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def sheets() -> Iterator[Sheet]:
    """Declared tables first, then every model of ours that none of them covers."""
    covered: set[str] = set()
    for one in tables().values():
        columns, rows = one.source()
        covered.update(one.covers)
        yield Sheet(one.name, [Entry(one.name, one.description, c.name, str(c.description)) for c in columns], rows)
    for model in apps.get_models():
        if model.__module__.startswith("pourtous.") and model._meta.label not in covered:  # noqa: SLF001
            yield _sheet_of(model)


def _sheet_of(model: type[Model]) -> Sheet:
    fields = list(model._meta.concrete_fields)  # noqa: SLF001
    open_fields = [field.attname for field in fields if not is_secret(field.name)]
    rows = model._default_manager.order_by("pk").values_list(*open_fields).iterator(chunk_size=2000)  # noqa: SLF001
    return Sheet(model._meta.db_table, [_entry(model, field) for field in fields], rows)  # noqa: SLF001


def is_secret(column: str) -> bool:
    """Whether a column must never leave, judged by its name."""
    return any(part in SECRETS for part in column.split("_"))


def _entry(model: type[Model], field: "Field[Any, Any]") -> Entry:
    declared: Declared = getattr(model, "privacy", Declared())
    personal = declared.personal.get(field.name)
    secret = is_secret(field.name)
    return Entry(
        table=model._meta.db_table,  # noqa: SLF001
        table_description=(model.__doc__ or "").split("\n")[0],
        column=field.attname,
        description=LEFT_OUT if secret else str(field.help_text or field.verbose_name),
        type=field.get_internal_type(),
        exported="no" if secret else "yes",
        personal="yes" if personal else "no",
        purpose=personal.purpose if personal else "",
        legal_basis=personal.basis if personal else "",
        retention=personal.retention if personal else "",
    )


def _not_ours() -> Iterator[Entry]:
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("pourtous."):
            yield Entry(model._meta.db_table, NOT_OURS, "", "", exported="no")  # noqa: SLF001


def _columns(sheet: Sheet) -> list[str]:
    return [entry.column for entry in sheet.entries if entry.exported == "yes"]


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([as_text(value) for value in row])
            count += 1
    return count


def as_text(value: Any) -> str:
    """One value in a cell: lists between bars, moments in ISO 8601, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return str(value)
