"""An import that is killed half-way and run again leaves what one run leaves. The process is killed for real."""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from pourtous.places.standard import NAMES

ROWS = 3_000
IGNORED = {"id", "code", "created_at", "modified_at"}


@pytest.fixture
def program(tmp_path):
    def start(data, *words):
        environment = {
            **os.environ,
            "POURTOUS_DATA_DIR": str(tmp_path / data),
            "DATABASE_URL": f"sqlite:///{tmp_path / data}.sqlite3",
            "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.demo",
        }
        command = [sys.executable, "-m", "pourtous.runtime.program", *words]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    return start


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "lieux.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        for n in range(ROWS):
            writer.writerow({"id": str(n), "nom": f"Lieu {n}", "commune": "Roquevive", "telephone": "04 65 71 20 10"})
    return path


def run(process):
    _out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error.decode()[-1000:]


def places(database):
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute("SELECT * FROM places_place ORDER BY name")]
        layers = connection.execute(
            "SELECT collector_id, local_id, digest FROM places_layer ORDER BY local_id"
        ).fetchall()
    connection.close()
    kept = [{name: value for name, value in row.items() if name not in IGNORED} for row in found]
    return kept, [tuple(row) for row in layers]


def count(database):
    connection = sqlite3.connect(database, timeout=20)
    try:
        return connection.execute("SELECT count(*) FROM places_layer").fetchone()[0]
    finally:
        connection.close()


def test_killed_half_way_and_run_again_gives_what_one_run_gives(program, path, tmp_path):
    words = ("import", "places", str(path), "--source", "essai")
    for data in ("whole", "killed"):
        run(program(data, "migrate"))
    run(program("whole", *words))

    process = program("killed", *words)
    deadline = time.monotonic() + 60
    while not count(tmp_path / "killed.sqlite3") and process.poll() is None and time.monotonic() < deadline:
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert 0 < count(tmp_path / "killed.sqlite3") < ROWS, "the import was not caught at work"

    run(program("killed", *words))
    assert places(tmp_path / "killed.sqlite3") == places(tmp_path / "whole.sqlite3")
    with sqlite3.connect(tmp_path / "killed.sqlite3") as connection:
        states = [row[0] for row in connection.execute("SELECT state FROM places_importrun ORDER BY started_at")]
    connection.close()
    assert states == ["failed", "done"]
