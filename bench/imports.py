"""How long 20,000 places take to import, beside reading the file and writing bare rows: `python -m bench.imports`."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

COUNT = 20_000
LIMIT_S = 60.0


def run(count: int = COUNT) -> dict[str, Any]:
    """Seconds of a first import, of the same file again (nothing to change), and of the reference; what is expected.

    The import runs as a person runs it: the command, in its own process, on a fresh SQLite database.
    """
    from bench.generate import write_csv

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "lieux.csv"
        write_csv(path, count)
        environment = {
            **os.environ,
            "POURTOUS_DATA_DIR": str(folder / "data"),
            "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.demo",
        }
        _program(environment, "migrate")
        first, report = _import(environment, path)
        again, second = _import(environment, path)
        reference = _reference(path, folder / "reference.sqlite3")
    return {
        "name": "import of places",
        "rows": count,
        "first_s": round(first, 2),
        "again_s": round(again, 2),
        "reference_s": round(reference, 2),
        "ratio": round(first / reference, 1),
        "created": report["created"],
        "unchanged_again": second["unchanged"],
        "limit_s": LIMIT_S,
        "passed": first <= LIMIT_S and report["created"] == second["unchanged"] == count,
    }


def _import(environment: dict[str, str], path: Path) -> tuple[float, dict[str, Any]]:
    report = path.with_suffix(".report.json")
    start = perf_counter()
    _program(environment, "import", "places", str(path), "--source", "bench", "--report", str(report))
    return perf_counter() - start, json.loads(report.read_text())


def _program(environment: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "pourtous.runtime.program", *words]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own program)


def _reference(path: Path, database: Path) -> float:
    """The least one could do: read the CSV, write its rows in one transaction."""
    start = perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        names, *found = csv.reader(file)
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(f"CREATE TABLE place ({', '.join(names)})")
        connection.executemany(f"INSERT INTO place VALUES ({', '.join('?' * len(names))})", found)  # noqa: S608
    connection.close()
    return perf_counter() - start


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pourtous.config.settings.demo")
    django.setup()
    result = run()
    print(json.dumps(result, indent=1))
    sys.exit(0 if result["passed"] else 1)
