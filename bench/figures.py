"""The page of figures over 300,000 activities, beside a bare SQL count: `python -m bench figures`.

In a process of its own on a fresh data folder, through Django's whole stack (middleware, session, template) but without
a network: the page as those who steer see it, of this year and of all; the figures alone, counted ahead and read.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.activities import COUNT
from bench.clients import measured
from bench.server import database, environment, program, without_collected_files

TIMES = 15
PAGE_LIMIT_MS = 300.0


def run(count: int = COUNT) -> list[dict[str, Any]]:
    """One result a period."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program(folder, "migrate")
        command = [sys.executable, "-m", "bench.figures", str(folder), str(count)]
        made = subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.PIPE)  # noqa: S603 (our own)
        return list(json.loads(made.stdout))


def prepare(count: int) -> dict[str, float]:
    """Fill and count ahead; seconds of each."""
    from bench.activities import fill
    from pourtous.activities.operations import months

    start = perf_counter()
    fill(count)
    filled = perf_counter()
    while months.count_again():
        pass
    return {"fill_s": round(filled - start, 1), "count_ahead_s": round(perf_counter() - filled, 1)}


def inside(folder: Path, count: int) -> list[dict[str, Any]]:
    """All measurements, in a process whose settings point at the folder."""
    import django

    django.setup()
    without_collected_files()
    seconds = prepare(count)
    page = _page()
    with closing(sqlite3.connect(database(folder))) as connection:
        return [_result(label, preset, page, connection, count) | seconds for label, preset in _PERIODS.items()]


_PERIODS = {
    "figures of this month": "mois",
    "figures of last month": "mois-dernier",
    "figures of this quarter": "trimestre",
    "figures of this year": "annee",
    "figures of last year": "annee-derniere",
    "figures of 12 months": "douze-mois",
    "figures since the start": "tout",
}


def _result(
    label: str, preset: str, page: Callable[[str], Any], connection: sqlite3.Connection, count: int
) -> dict[str, Any]:
    from pourtous.activities.queries.figures import FiguresFilter, figures, figures_read
    from pourtous.activities.rules.periods import Preset, period
    from pourtous.kernel import clock

    days = period(Preset(preset), today=clock.today(), oldest=_oldest(connection))
    wanted = FiguresFilter(since=days.since, until=days.until)
    sql = "SELECT count(*), sum(participant_count), sum(minutes) FROM activities_activity WHERE day >= ? AND day < ?"
    bounds = (days.since.isoformat(), days.until.isoformat())
    whole = _ms(page, preset)
    ahead = _ms(lambda _again: figures(wanted), preset)
    start = perf_counter()
    read = figures_read(wanted)
    reading = (perf_counter() - start) * 1000
    bare = _ms(lambda _again: connection.execute(sql, bounds).fetchall(), preset)
    return {
        "name": label,
        "activities": count,
        "page_p50_ms": whole.p50,
        "page_p95_ms": whole.p95,
        "page_cpu_ms": _cpu_ms(page, preset),
        "counted_ahead_p50_ms": ahead.p50,
        "read_ms": round(reading, 1),
        "bare_sql_p50_ms": bare.p50,
        "page_kb": round(len(page(preset).content) / 1024),
        "limit_ms": PAGE_LIMIT_MS,
        "passed": whole.p50 <= PAGE_LIMIT_MS and read == figures(wanted),
    }


def _oldest(connection: sqlite3.Connection) -> Any:
    from datetime import date

    return date.fromisoformat(connection.execute("SELECT min(day) FROM activities_activity").fetchone()[0])


def _ms(ask: Callable[[str], Any], preset: str) -> Any:
    """The first times warm up and are left out."""
    from bench import clients

    clients.WARM_UP = 2
    made = measured(ask, [preset] * TIMES)
    return type(made)(**made.rounded())


def _cpu_ms(ask: Callable[[str], Any], preset: str) -> float:
    """Processor time of one page, the least of several: what other work on the machine changes least."""
    taken = []
    for _again in range(5):
        start = process_time()
        ask(preset)
        taken.append((process_time() - start) * 1000)
    return round(min(taken), 1)


def _page() -> Callable[[str], Any]:
    """The page as somebody of the steering team gets it, second factor given."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client
    from django.urls import reverse

    from pourtous.accounts.models import Membership, Organisation, Unit, User

    body = Organisation.objects.create(name="Département", kind="departement")
    unit = Unit.objects.create(name="Pilotage", organisation=body, capabilities=("steering",))
    user = User.objects.create_user("pilotage@structure.example", "Agent de pilotage")
    Membership.objects.create(user=user, unit=unit, role="member")
    TOTP.activate(user, generate_totp_secret())
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    address = reverse("figures")

    def ask(preset: str) -> Any:
        answer = client.get(address, {"periode": preset})
        assert answer.status_code == 200, answer.status_code  # noqa: PLR2004
        return answer

    return ask


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    print(json.dumps(inside(Path(sys.argv[1]), int(sys.argv[2]))))
