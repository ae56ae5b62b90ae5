"""The program as an administrator runs it, in folders of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tools.throwaway_postgres import free_port

PROGRAM = [sys.executable, "-m", "pourtous.runtime.program"]


def environment(folder):
    folder.mkdir(exist_ok=True)
    return {
        **os.environ,
        "POURTOUS_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'pourtous.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.demo",
    }


def pourtous(folder, *words):
    return subprocess.run(
        [*PROGRAM, *words], env=environment(folder), capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    assert pourtous(folder, "migrate").returncode == 0
    with sqlite3.connect(folder / "pourtous.sqlite3") as database:
        database.execute(
            "INSERT INTO accounts_user (id, email, name, password, is_active, created_at) "
            "VALUES ('01890000000070008000000000000001', 'a@example.example', 'Camille; \"Essai\"', 'hash', 1, "
            "'2026-11-23')"
        )
    return folder


def test_backup_then_restore_gives_the_same_installation(installation, tmp_path):
    (installation / "files").mkdir(exist_ok=True)
    (installation / "files" / "kept").write_bytes(b"bytes")
    file = tmp_path / "backup.tar.gz"
    assert pourtous(installation, "backup", str(file)).returncode == 0
    other = tmp_path / "other"
    done = pourtous(other, "restore", str(file))
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(other / "pourtous.sqlite3") as database:
        assert database.execute("SELECT email FROM accounts_user").fetchall() == [("a@example.example",)]
    assert (other / "files" / "kept").read_bytes() == b"bytes"
    again = pourtous(other, "restore", str(file))
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_verify_and_routes_of_a_fresh_installation(installation):
    assert pourtous(installation, "verify").returncode == 0
    done = pourtous(installation, "routes", "--json")
    table = {route["path"]: route for route in json.loads(done.stdout)}
    assert table["/"]["access"] == "public"
    assert done.returncode == (1 if any(route["access"] is None for route in table.values()) else 0)


def test_up_serves_then_stops_cleanly(tmp_path):
    port = free_port()
    assert pourtous(tmp_path, "migrate").returncode == 0
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(
            [*PROGRAM, "up", "--port", str(port)], env=environment(tmp_path), stdout=log, stderr=log
        )
    try:
        assert answers(f"http://127.0.0.1:{port}/", running) == 200
        taken = pourtous(tmp_path, "serve", "--port", str(port))
        assert (taken.returncode, taken.stderr.count("\n")) == (2, 1)
    finally:
        running.send_signal(signal.SIGTERM)
        status = running.wait(timeout=60)
    assert status == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)


def answers(address, running):
    end = time.monotonic() + 90
    while time.monotonic() < end and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (our own server)
                return answer.status
        except OSError:
            time.sleep(0.1)
    return None
