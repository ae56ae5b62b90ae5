"""`make bench`: every measurement, as a table and as JSON under var/bench; exit status 1 when a figure falls short."""

import importlib.metadata
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path("var") / "bench"
PACKAGES = ("django", "granian", "django-ninja", "msgspec", "opening-hours-py", "rapidfuzz")


def machine() -> dict[str, Any]:
    """Where and with what the figures were made; the load tells whether the machine was quiet."""
    import sqlite3

    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


def show(result: dict[str, Any]) -> None:
    """One result as lines of a table."""
    verdict = "ok" if passed(result) else "FALLS SHORT"
    if "one_client" not in result:
        figures = {name: value for name, value in result.items() if isinstance(value, int | float | str)}
        print(f"{figures.pop('name', 'geocoding'):<26} {verdict}")
        print("   ", ", ".join(f"{name} {value}" for name, value in figures.items()))
        if "total" in result:
            print("   ", ", ".join(f"{name} {round(value, 3)}" for name, value in result["total"].items()))
        return
    print(f"{result['name']:<26} {verdict}  limits {result['limits']}, {result['bytes']:,} bytes")
    for name in ("one_client", "four_clients", "bare_sql", "constant"):
        one = result[name]
        times = f"{one['p50']:>8} {one['p95']:>8} {one['p99']:>8} ms {one['per_second']:>8} /s"
        print(f"    {name:<14}{times}")
    print(f"    server processor time {result['server_cpu_ms']} ms a request")


def passed(result: dict[str, Any]) -> bool:
    """Whether the figures hold."""
    return bool(result.get("passed", result.get("ok")))


def main(names: list[str]) -> int:
    """Run the measurements named (places, geocoding, imports, figures, agenda, pages, passes), all without names."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pourtous.config.settings.demo")
    django.setup()
    from bench import agenda, figures, geocoding, imports, pages, passes, places

    runs = {
        "places": places.run,
        "geocoding": geocoding.run,
        "imports": imports.run,
        "figures": figures.run,
        "agenda": agenda.run,
        "pages": pages.run,
        "passes": passes.run,
    }
    made = {"machine": machine(), "results": []}
    print("                       p50      p95      p99")
    for name in names or list(runs):
        found = runs[name]()
        for result in found if isinstance(found, list) else [found]:
            made["results"].append(result)
            show(result)
    FOLDER.mkdir(parents=True, exist_ok=True)
    made["load_after"] = [round(one, 1) for one in os.getloadavg()]
    (FOLDER / "results.json").write_text(json.dumps(made, indent=1, ensure_ascii=False))
    print(f"{FOLDER / 'results.json'}, load {made['machine']['load']} then {made['load_after']}")
    return 0 if all(passed(result) for result in made["results"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
