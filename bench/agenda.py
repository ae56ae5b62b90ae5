"""The agenda: free hours of fifty mediators over sixty days, the week of one of them, bookings beside bare SQL."""

import os
import sqlite3
import statistics
import tempfile
import time as clock_time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEDIATORS, DAYS, PLACES = 50, 60, 12
BOOKED_A_DAY = 3
SLOTS_MS, WEEK_MS = 50.0, 60.0
BOOKINGS = 200
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
FIRST = date(2026, 11, 23)


def run() -> list[dict[str, Any]]:
    """One result a measurement, on a fresh installation."""
    with tempfile.TemporaryDirectory() as name:
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connections

        path = Path(name) / "agenda.sqlite3"
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = str(path)
        os.environ["POURTOUS_DATA_DIR"] = name
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # nothing is collected for a measurement
        call_command("migrate", verbosity=0)
        kind, mediators = _filled()
        found = [_slots(kind), _week(mediators[0]), _bookings(kind, path)]
        connections["default"].close()
        return found


def _filled() -> tuple[Any, list[Any]]:
    """Fifty mediators, two patterns each, three appointments a working day for sixty days."""
    from pourtous.accounts.models import Agreement, Membership, Organisation, Unit, User
    from pourtous.agenda.models import AppointmentKind, Availability, Resource
    from pourtous.places.models import Place

    body = Organisation.objects.create(name="Structure", kind="association", data_role="processor")
    day = date(2020, 1, 1)
    Agreement.objects.create(
        organisation=body, kind="processing", signed_on=day, starts_on=day, recorded_at=NOW, reference="2020-1"
    )
    unit = Unit.objects.create(organisation=body, name="Équipe", capabilities=("mediation",))
    modes, bookers = ("place",), ("public", "colleague")
    kind = AppointmentKind.objects.create(unit=unit, name="Aide", minutes=45, modes=modes, bookers=bookers)
    places = [Place.objects.create(name=f"Lieu {n}", latitude=43.3 + n / 50, longitude=3.5) for n in range(PLACES)]
    mediators = []
    for number in range(MEDIATORS):
        user = User.objects.create(email=f"m{number}@structure.example", name=f"Médiateur {number}")
        Membership.objects.create(user=user, unit=unit, role="member")
        mediator = Resource.objects.create(kind="mediator", user=user, name=user.name, unit=unit)
        for begins, ends, days in ((9, 12, "01234"), (14, 17, "0134")):
            pattern = Availability.objects.create(
                resource=mediator,
                unit=unit,
                mode="place",
                place=places[number % PLACES],
                weekdays=tuple(days),
                starts=time(begins, (0, 15, 30)[number % 3]),
                ends=time(ends),
                first_on=day,
            )
            pattern.kinds.add(kind)
        mediators.append(mediator)
    _booked(kind, mediators)
    return kind, mediators


def _booked(kind: Any, mediators: list[Any]) -> None:
    from pourtous.agenda.models import Appointment, Tick
    from pourtous.agenda.rules.occupied_time import on_clock, tick_of

    rows = []
    for mediator in mediators:
        for offset in range(DAYS):
            day = FIRST + timedelta(days=offset)
            if day.weekday() < 5:  # noqa: PLR2004 (Monday to Friday)
                for hour in (time(9), time(10, 30), time(14))[:BOOKED_A_DAY]:
                    at = on_clock(day, hour) + timedelta(minutes=15 * (mediators.index(mediator) % 3))
                    rows.append(_appointment(kind, mediator, at))
    Appointment.objects.bulk_create(rows, batch_size=500)
    Tick.objects.bulk_create(
        (
            Tick(resource=row.mediator, appointment=row, number=tick_of(row.starts_at) + n, span=0 if n else 9)
            for row in rows
            for n in range(9)
        ),
        batch_size=2_000,
    )


def _appointment(kind: Any, mediator: Any, at: datetime) -> Any:
    from pourtous.agenda.models import Appointment

    return Appointment(
        kind=kind,
        unit=kind.unit,
        mediator=mediator,
        mode="place",
        starts_at=at,
        ends_at=at + timedelta(minutes=45),
        first_name="Odile",
        phone="+33639980001",
        booked_through="public",
        booked_at=NOW,
        state_changed_at=NOW,
    )


def _timed(work: Callable[[], Any], times: int = 15, clock: Callable[[], float] = clock_time.perf_counter) -> float:
    """Median milliseconds, warm. On a busy machine the clock of the processor is the fairer one."""
    work()
    taken = []
    for _ in range(times):
        begun = clock()
        work()
        taken.append((clock() - begun) * 1000)
    return round(statistics.median(taken), 1)


def _slots(kind: Any) -> dict[str, Any]:
    from pourtous.agenda.queries.slots import free_slots

    asked: dict[str, Any] = {"kind": kind, "booker": "public", "first": FIRST, "days": DAYS, "now": NOW}
    whole = len(free_slots(**asked))
    page = _timed(lambda: free_slots(**asked, limit=100))
    return {
        "name": "agenda: slots",
        "mediators": MEDIATORS,
        "days": DAYS,
        "hours_found": whole,
        "hundred_ms": page,
        "all_ms": _timed(lambda: free_slots(**asked)),
        "hundred_cpu_ms": _timed(lambda: free_slots(**asked, limit=100), clock=clock_time.process_time),
        "limit_ms": SLOTS_MS,
        "passed": page <= SLOTS_MS,
    }


def _week(mediator: Any) -> dict[str, Any]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(mediator.user)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(mediator.user, generate_totp_secret())
    answer = client.get("/travail/agenda/semaine/2026-11-30/")
    if answer.status_code != 200:  # noqa: PLR2004
        msg = f"the week answers {answer.status_code}"
        raise RuntimeError(msg)
    page = _timed(lambda: client.get("/travail/agenda/semaine/2026-11-30/"))
    own = _timed(lambda: client.get("/travail/agenda/semaine/2026-11-30/"), clock=clock_time.process_time)
    return {"name": "agenda: week page", "ms": page, "cpu_ms": own, "limit_ms": WEEK_MS, "passed": page <= WEEK_MS}


def _bookings(kind: Any, path: Path) -> dict[str, Any]:
    """Bookings a second through the operation, beside the same rows written by bare SQL, one transaction each."""
    from pourtous.agenda.operations.appointments import Who, book
    from pourtous.agenda.queries.slots import free_slots

    asked: dict[str, Any] = {"kind": kind, "booker": "public", "first": FIRST, "days": DAYS, "now": NOW}
    free = free_slots(**asked, limit=BOOKINGS)
    from pourtous.places.models import Place

    places = Place.objects.in_bulk()
    begun = clock_time.perf_counter()
    for slot in free:
        who = Who(first_name="Odile", phone="+33639980001")
        place = places[slot.place_id]
        book(
            kind=kind,
            starts_at=slot.starts_at,
            mode=slot.mode,
            place=place,
            who=who,
            through="public",
            actor=None,
            now=NOW,
        )
    ours = len(free) / (clock_time.perf_counter() - begun)
    bare = _bare(path)
    return {
        "name": "agenda: bookings",
        "per_second": round(ours, 1),
        "bare_sql_per_second": round(bare, 1),
        "share_of_bare_sql": round(ours / bare, 2),
        "passed": True,
    }


def _bare(path: Path) -> float:
    """An appointment and nine ticks, `synchronous=FULL` as the platform has it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        (row,) = connection.execute("SELECT * FROM agenda_appointment LIMIT 1").fetchall()
        names = [one[1] for one in connection.execute("PRAGMA table_info(agenda_appointment)")]
        marks = ",".join("?" for _ in names)
        begun = clock_time.perf_counter()
        for number in range(BOOKINGS):
            values = dict(zip(names, row, strict=True)) | {"id": f"{number:032x}", "code": f"B{number:07}"}
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"INSERT INTO agenda_appointment VALUES ({marks})", list(values.values()))  # noqa: S608
            connection.executemany(
                "INSERT INTO agenda_tick (resource_id, number, span, appointment_id) VALUES (?, ?, ?, ?)",
                [(values["mediator_id"], number * 9 + n, 0, values["id"]) for n in range(9)],
            )
            connection.execute("COMMIT")
        return BOOKINGS / (clock_time.perf_counter() - begun)
