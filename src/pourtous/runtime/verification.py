"""What `pourtous verify` proves. Each app adds its own with `@check` in its `tasks.py` or `rules`."""

from collections.abc import Callable, Iterable, Iterator

from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pourtous.runtime.models import StoredFile

Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}


def check(title: str) -> Callable[[Check], Check]:
    """Declare a check: a function that yields a sentence a fault, nothing when all is well."""

    def declare(one: Check) -> Check:
        _checks[title] = one
        return one

    return declare


def run() -> Iterator[tuple[str, list[str]]]:
    """Each title with the faults found."""
    for title, one in _checks.items():
        yield title, list(one())


@check("Settings and models")
def _system() -> Iterator[str]:
    yield from (str(message) for message in checks.run_checks() if message.level >= checks.ERROR)


@check("Tables are up to date")
def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{migration.app_label} {migration.name} is not applied: run pourtous migrate"


@check("The database is whole")
def _integrity() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"{row[0]} row {row[1]} points at a missing {row[2]}" for row in cursor.fetchall())


@check("Stored files are there")
def _files() -> Iterator[str]:
    for stored in StoredFile.objects.iterator():
        if not stored.path.exists():
            yield f"{stored.id}: the file is missing"
        elif stored.path.stat().st_size != stored.size:
            yield f"{stored.id}: the file has not the size written down"
