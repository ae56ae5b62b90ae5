"""Searching 20,000 places over HTTP: the API and the public result page, beside bare SQL and a constant answer."""

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.clients import WARM_UP, Client, asked_by, measured
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


@dataclass(frozen=True)
class Kind:
    """One kind of question: its address, what is asked over HTTP, which bare SQL is asked what, and its limits (ms)."""

    name: str
    address: str
    asked: Questions
    sql: str
    bare: Questions
    limits: dict[str, float]


def _results(folder: Path, count: int) -> Iterator[dict[str, Any]]:
    with running(folder) as server, closing(sqlite3.connect(database(folder))) as connection:
        in_sql = {"near": _near_in_sql(connection), "commune": _commune_in_sql(connection)}
        constant = asked_by(1, server.port, ["/api/v1/constant"] * QUESTIONS)
        for kind in kinds(count):
            paths = [f"{kind.address}?{urlencode(one)}" for one in kind.asked]
            bare = measured(in_sql[kind.sql], kind.bare)
            before = server.cpu_seconds()
            one = asked_by(1, server.port, paths)
            cpu = (server.cpu_seconds() - before) * 1000 / (len(paths) + WARM_UP)
            four = asked_by(CLIENTS, server.port, paths)
            yield {
                "name": kind.name,
                "one_client": one.rounded(),
                "four_clients": four.rounded(),
                "server_cpu_ms": round(cpu, 2),
                "bare_sql": bare.rounded(),
                "constant": constant.rounded(),
                "times_bare_sql": round(one.p50 / bare.p50, 1),
                "times_constant": round(one.p50 / constant.p50, 1),
                "bytes": len(Client(server.port)(paths[0])),
                "limits": kind.limits,
                "passed": all(getattr(one, quantile) <= limit for quantile, limit in kind.limits.items()),
            }


def kinds(count: int) -> list[Kind]:
    """The kinds of questions, the same ones each time."""
    dice = random.Random(SEED)
    places = [row for row in rows(count) if row["latitude"] and row["code_insee"]]
    chosen = [dice.choice(places) for _ in range(QUESTIONS)]
    near = [{"lat": f"{float(row['latitude']):.3f}", "lon": f"{float(row['longitude']):.3f}"} for row in chosen]
    commune = [{"commune": row["code_insee"]} for row in chosen]
    free = {"fee": "Gratuit", "service": "Aide aux démarches administratives"}
    now = {"open_now": "true"}
    api, on_page = "/api/v1/places", near[:PAGE_QUESTIONS]
    pages = [{"pres": f"{one['lat']},{one['lon']}"} for one in on_page]
    return [
        Kind("API near a point", api, near, "near", near, API_LIMITS),
        Kind("API near, two filters", api, [one | free for one in near], "near", near, API_LIMITS),
        Kind("API near, open now", api, [one | now for one in near], "near", near, API_LIMITS),
        Kind("API by commune", api, commune, "commune", commune, API_LIMITS),
        Kind("API by commune, open now", api, [one | now for one in commune], "commune", commune, API_LIMITS),
        Kind("result page near a point", "/aide/lieux/", pages, "near", on_page, PAGE_LIMITS),
    ]


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
    query = "SELECT * FROM places_place WHERE state = 'published' AND insee_code = ? ORDER BY +sort_name, code LIMIT 20"

    def ask(question: dict[str, str]) -> Any:
        return connection.execute(query, (question["commune"],)).fetchall()

    return ask
