"""Searching 20,000 places over HTTP: the API and the public result page, beside bare SQL and a constant answer."""

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.clients import Client, Timing, asked_by, measured
from bench.generate import SEED, rows, write_csv
from bench.server import database, program, running

COUNT = 20_000
QUESTIONS = 400
PAGE_QUESTIONS = 200
CLIENTS = 4
RADIUS_KM = 20
API_LIMITS = {"p50": 8.0, "p95": 15.0}
PAGE_LIMITS = {"p50": 40.0, "p95": 40.0}

Questions = list[dict[str, str]]


def run(count: int = COUNT) -> list[dict[str, Any]]:
    """One result a kind of question."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, count)
        return list(_results(folder, count))


def fill(folder: Path, count: int) -> None:
    """A fresh installation with so many places, imported as a person would."""
    path = folder / "lieux.csv"
    write_csv(path, count)
    program(folder, "migrate")
    program(folder, "import", "places", str(path), "--source", "bench")


def _results(folder: Path, count: int) -> Iterator[dict[str, Any]]:
    asked = questions(count)
    with running(folder) as port, closing(sqlite3.connect(database(folder))) as connection:
        constant = asked_by(1, port, ["/api/v1/constant"] * QUESTIONS)
        references = {"near": _near_in_sql(connection), "commune": _commune_in_sql(connection)}
        for name, (address, found, limits, reference) in asked.items():
            paths = [f"{address}?{urlencode(one)}" for one in found]
            one = asked_by(1, port, paths)
            four = asked_by(CLIENTS, port, paths)
            bare = measured(references[reference], found)
            yield _result(name, (one, four, bare, constant), limits, len(Client(port)(paths[0])))


def _result(
    name: str, timings: tuple[Timing, Timing, Timing, Timing], limits: dict[str, float], size: int
) -> dict[str, Any]:
    one, four, bare, constant = timings
    return {
        "name": name,
        "one_client": one.rounded(),
        "four_clients": four.rounded(),
        "bare_sql": bare.rounded(),
        "constant": constant.rounded(),
        "times_bare_sql": round(one.p50 / bare.p50, 1),
        "times_constant": round(one.p50 / constant.p50, 1),
        "bytes": size,
        "limits": limits,
        "passed": all(getattr(one, quantile) <= limit for quantile, limit in limits.items()),
    }


def questions(count: int) -> dict[str, tuple[str, Questions, dict[str, float], str]]:
    """For each kind: its address, its questions, its limits, and which bare SQL to compare with."""
    dice = random.Random(SEED)
    places = [row for row in rows(count) if row["latitude"] and row["code_insee"]]
    chosen = [dice.choice(places) for _ in range(QUESTIONS)]
    near = [{"lat": f"{float(row['latitude']):.3f}", "lon": f"{float(row['longitude']):.3f}"} for row in chosen]
    commune = [{"commune": row["code_insee"]} for row in chosen]
    free = {"fee": "Gratuit", "service": "Aide aux démarches administratives"}
    api, page = "/api/v1/places", "/aide/lieux/"
    return {
        "API near a point": (api, near, API_LIMITS, "near"),
        "API near, two filters": (api, [one | free for one in near], API_LIMITS, "near"),
        "API near, open now": (api, [one | {"open_now": "true"} for one in near], API_LIMITS, "near"),
        "API by commune": (api, commune, API_LIMITS, "commune"),
        "API by commune, open now": (api, [one | {"open_now": "true"} for one in commune], API_LIMITS, "commune"),
    }


def _near_in_sql(connection: sqlite3.Connection) -> Callable[[dict[str, str]], Any]:
    """The same rectangle and the twenty nearest, with the sqlite3 module alone."""
    from pourtous.kernel.geometry import Point, box_around, distance_m

    light = (
        "SELECT code, latitude, longitude FROM places_place WHERE state = 'published' "
        "AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
    )
    whole = f"SELECT * FROM places_place WHERE code IN ({', '.join('?' * 20)})"  # noqa: S608 (marks only)

    def ask(question: dict[str, str]) -> Any:
        here = Point(float(question["lat"]), float(question["lon"]))
        box = box_around(here, RADIUS_KM * 1000)
        found = connection.execute(light, (box.south, box.north, box.west, box.east)).fetchall()
        nearest = sorted((distance_m(here, Point(lat, lon)), code) for code, lat, lon in found)[:20]
        codes = [code for _distance, code in nearest]
        return connection.execute(whole, codes + [""] * (20 - len(codes))).fetchall()

    return ask


def _commune_in_sql(connection: sqlite3.Connection) -> Callable[[dict[str, str]], Any]:
    query = "SELECT * FROM places_place WHERE state = 'published' AND insee_code = ? ORDER BY sort_name, code LIMIT 20"

    def ask(question: dict[str, str]) -> Any:
        return connection.execute(query, (question["commune"],)).fetchall()

    return ask
