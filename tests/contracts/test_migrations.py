"""Migrations: one line per app, each reversible, up and down from an empty database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = [
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith("pourtous.") and (Path(config.path) / "migrations").is_dir()
]
SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
for app in {apps!r}:
    call_command("migrate", app, "zero", verbosity=0, interactive=False)
call_command("migrate", verbosity=0, interactive=False)
"""


def test_each_app_has_one_line_of_migrations():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    for app, name in loader.disk_migrations:
        if app in OURS:
            parents = [key for key in loader.disk_migrations[app, name].dependencies if key[0] == app]
            assert len(parents) <= 1, (app, name)


def test_each_operation_can_be_undone():
    loader = MigrationLoader(None)
    stuck = [
        (app, name, operation)
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.fixture
def empty_database(tmp_path, db):
    """The address of an empty database on the engine under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    import psycopg

    at = settings.DATABASES["default"]
    name = f"empty_{os.getpid()}"
    where = f"host={at['HOST']} port={at['PORT']} user={at['USER']} dbname=postgres"
    with psycopg.connect(where, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def test_up_down_and_up_again(empty_database, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": empty_database,
        "POURTOUS_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.demo",
    }
    script = SCRIPT.format(apps=list(reversed(OURS)))
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
