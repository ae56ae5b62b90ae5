"""Professional pages at a département's volumes: `python -m bench pages`.

The demonstration forty times over: 60,000 files, 300,000 activities, 51 mediators and their courses. In a process of
its own, through Django's whole stack without a network, by the people of the demonstration; beside each page how many
queries it makes.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any
from uuid import uuid4

from bench.clients import measured
from bench.copies import PERSONS, copy_demonstration
from bench.server import environment, program, without_collected_files

TIMES = 25
LIMIT_MS = 150.0


def run(persons: int = PERSONS) -> list[dict[str, Any]]:
    """One result a page, on a fresh data folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program(folder, "demo", "--no-serve", settings="pourtous.config.settings.demo")
        command = [sys.executable, "-m", "bench.pages", str(persons)]
        made = subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.PIPE)  # noqa: S603 (our own)
        return list(json.loads(made.stdout))


def inside(persons: int) -> list[dict[str, Any]]:
    """All measurements, in a process whose settings point at the folder."""
    import django
    from django.db import connection

    django.setup()
    without_collected_files()
    volumes = copy_demonstration(persons)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [_result(page) | volumes for page in _pages()]


@dataclass(frozen=True)
class Page:
    """A page, who looks at it, and the words posted (None: it is only read)."""

    name: str
    email: str
    address: str
    posted: dict[str, str] | None = None


_STEERING = "aline.vernet@departement.example"
_MANAGER = "ines.tourbe@cabanon.example"
_MEDIATOR = "yanis.olle@cabanon.example"
_COORDINATOR = "paule.rigal@departement.example"
_PRESCRIBER = "odile.cazals@departement.example"
_HOST = "sonia.gaillac@ecole-du-clic.example"


def _pages() -> Iterator[Page]:
    from django.urls import reverse

    for role, email in (
        ("steering", _STEERING),
        ("manager", _MANAGER),
        ("mediator", _MEDIATOR),
        ("coordinator", _COORDINATOR),
        ("prescriber", _PRESCRIBER),
        ("host", _HOST),
    ):
        yield Page(f"home: {role}", email, reverse("work-home"))
    yield Page("people: list", _MEDIATOR, reverse("people"))
    yield Page("people: by last contact", _MEDIATOR, reverse("people") + "?sort=-contact")
    yield Page("people: by name", _MEDIATOR, reverse("people"), {"words": "mar"})
    yield Page("people: choose in a form", _MEDIATOR, reverse("person-choose"), {"words": "mar", "name": "person"})
    yield Page("people: a file", _MEDIATOR, reverse("person", args=(_followed_code(),)))
    yield Page("agenda: day", _MEDIATOR, reverse("agenda"))
    yield Page("agenda: week", _MEDIATOR, reverse("agenda-this-week"))
    yield Page("agenda: team", _MANAGER, reverse("agenda-team-today"))
    yield Page("agenda: list", _MEDIATOR, reverse("agenda-list"))
    yield Page("courses", _HOST, reverse("work-courses"))
    session, email = _busy_session()
    yield Page("session", email, reverse("work-session", args=(session,)))
    yield Page("attendance", email, reverse("work-attendance", args=(session,)))
    yield Page("activities: list", _MEDIATOR, reverse("activities"))
    yield Page("activities: entry", _MEDIATOR, reverse("activity-new") + f"?saisie={uuid4()}")
    yield Page("organisations", _STEERING, reverse("organisations"))
    yield Page("places", _STEERING, reverse("work-places"))


def _followed_code() -> str:
    """A file the mediator’s unit follows, the one with most help behind it."""
    from django.db.models import Count

    from pourtous.accounts.models import User
    from pourtous.kernel import clock
    from pourtous.people.queries import followed

    mine = followed(User.objects.get(email=_MEDIATOR), on=clock.today())
    return str(mine.annotate(times=Count("participations")).order_by("-times", "pk")[0].code)


def _busy_session() -> tuple[str, str]:
    """The session with most people registered that one of the demonstration’s roles may see."""
    from django.db.models import Count

    from pourtous.agenda.models import Session

    held = Session.objects.filter(course__unit__memberships__user__email=_HOST)
    return str(held.annotate(people=Count("registrations")).order_by("-people", "pk")[0].code), _HOST


def _result(page: Page) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask = _asker(page)
    ask("")
    with CaptureQueriesContext(connection) as queries:
        ask("")
    made = queries.captured_queries  # read now: the next request empties the log
    times = measured(ask, [""] * TIMES)
    start = process_time()
    for _again in range(TIMES):
        ask("")
    cpu = (process_time() - start) * 1000 / TIMES
    rounded = times.rounded()
    return {
        "name": page.name,
        "p50_ms": rounded["p50"],
        "p95_ms": rounded["p95"],
        "cpu_ms": round(cpu, 1),
        "queries": len(made),
        "slowest_query_ms": max((round(float(one["time"]) * 1000) for one in made), default=0),
        "limit_p95_ms": LIMIT_MS,
        "passed": rounded["p95"] <= LIMIT_MS,
    }


def _asker(page: Page) -> Callable[[str], Any]:
    """The page as that person gets it, second factor given."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from pourtous.accounts.models import User

    user = User.objects.get(email=page.email)
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)

    def ask(_again: str) -> Any:
        answer = client.get(page.address) if page.posted is None else client.post(page.address, page.posted)
        assert answer.status_code == 200, (page, answer.status_code)  # noqa: PLR2004
        return answer

    return ask


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    print(json.dumps(inside(int(sys.argv[1]))))
