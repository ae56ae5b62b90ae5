"""What becomes of 100,000 passes, counted from the rows: `python -m bench passes`.

On a fresh SQLite file, or, when DATABASE_URL says so, on that (throw-away, emptied) database:
`python -m tools.throwaway_postgres python -m bench passes`. Beside it, a bare SQL count of the same hand-overs.
"""

import os
import random
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.generate import SEED

BOOKS, PASSES, UNITS, COMMUNES = 10_000, 10, 40, 60
FIRST = date(2026, 1, 5)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FUNNEL_MS, TIMES = 200.0, 15


def run() -> list[dict[str, Any]]:
    """One result a dimension."""
    with tempfile.TemporaryDirectory() as name:
        from django.core.management import call_command
        from django.db import connection, transaction

        from pourtous.territories.operations import load_reference

        if connection.vendor == "sqlite":
            _fresh(Path(name))
        call_command("migrate", verbosity=0)
        load_reference(now=NOW)
        with transaction.atomic():
            campaign = _filled(random.Random(SEED))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found = [_funnel(by, campaign) for by in ("unit", "commune", "public", "campaign")]
        connection.close()
        return found


def _fresh(folder: Path) -> None:
    from django.conf import settings
    from django.db import connections

    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = str(folder / "p.sqlite3")
    os.environ["POURTOUS_DATA_DIR"] = str(folder)


def _filled(dice: random.Random) -> Any:
    """Ten thousand books, four in five handed over; of those, half came, one in eight used all. Books move as people do."""
    from pourtous.accounts.models import Organisation, Unit
    from pourtous.passes.models import Batch, Campaign, CampaignPublic
    from pourtous.territories.models import Commune

    body = Organisation.objects.create(name="Structure", kind="association")
    units = [
        Unit.objects.create(organisation=body, name=f"Équipe {n}", capabilities=("prescriber",)) for n in range(UNITS)
    ]
    campaign = Campaign.objects.create(
        name="Campagne",
        year=2026,
        state="open",
        issuer=body,
        budget=BOOKS * PASSES * 1000,
        starts_on=FIRST,
        last_day=date(2026, 12, 31),
        created_at=NOW,
    )
    publics = [CampaignPublic.objects.create(campaign=campaign, name=f"Public {n}", rule={}) for n in range(3)]
    batch = Batch.objects.create(campaign=campaign, first=1, last=BOOKS, made_at=NOW, state="confirmed")
    communes = list(Commune.objects.order_by("code")[:COMMUNES])
    sessions = _sessions(units[0])
    _write(campaign, batch, units, publics, communes, sessions, dice)
    return campaign


def _sessions(unit: Any) -> list[Any]:
    from pourtous.agenda.models import Course, CourseRun, Session

    course = Course.objects.create(unit=unit, title="Débuter", theme="demarches", created_at=NOW)
    course_run = CourseRun.objects.create(course=course, created_at=NOW)
    starts = [datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=n) for n in range(300)]
    return [
        Session.objects.create(
            course=course,
            run=course_run,
            unit=unit,
            number=number,
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            seats=500,
        )
        for number, start in enumerate(starts, start=1)
    ]


def _write(
    campaign: Any, batch: Any, units: Any, publics: Any, communes: Any, sessions: Any, dice: random.Random
) -> None:
    from pourtous.agenda.models import Registration
    from pourtous.demo.batch import Batch as Rows
    from pourtous.passes.models import Book, HandOver, Pass
    from pourtous.people.models import Person

    rows = Rows()
    for number in range(1, BOOKS + 1):
        unit, is_handed = dice.choice(units), dice.random() < 0.8  # noqa: PLR2004 (the share said above)
        used = 0 if not is_handed or dice.random() < 0.5 else dice.choice((1, 1, 2, 2, 3, 5, 7, PASSES))  # noqa: PLR2004
        day = FIRST + timedelta(days=dice.randrange(280))
        book = Book(
            campaign=campaign,
            batch=batch,
            year=2026,
            number=number,
            holder=unit,
            state="handed" if is_handed else "entrusted",
            attended=used,
            valid_until=date(2027, 1, 31) if is_handed else None,
        )
        rows.add([book])
        left = "handed" if is_handed else "stock"
        rows.add(
            Pass(
                book=book,
                position=place,
                value=1000,
                state="redeemed" if place <= used else left,
                code_digest=f"{number}-{place}",
                token_digest=f"t{number}-{place}",
            )
            for place in range(1, PASSES + 1)
        )
        if not is_handed:
            continue
        person = Person(first_name=f"P{number}", last_name="Essai", last_contact_on=day, created_at=NOW)
        recorded = datetime.combine(day, NOW.time(), tzinfo=UTC)
        rows.add([person])
        rows.add(
            Registration(
                session=session,
                person=person,
                code=f"{number:05d}{place:02d}",
                state="attended" if place < used else "registered",
                through="prescriber",
                created_at=recorded + timedelta(days=place),
                state_changed_at=recorded,
            )
            for place, session in enumerate(dice.sample(sessions, max(used, dice.choice((0, 1)))))
        )
        rows.add(
            [
                HandOver(
                    campaign=campaign,
                    book=book,
                    person=person,
                    unit=unit,
                    public=dice.choice(publics),
                    commune=dice.choice(communes),
                    handed_on=day,
                    recorded_at=recorded,
                    unbooked="later",
                )
            ]
        )
    rows.save()


def _funnel(by: str, campaign: Any) -> dict[str, Any]:
    from django.db import connection

    from pourtous.passes.queries.funnel import funnel

    times = _timed(lambda: funnel(by=by, campaign=campaign, units=None))
    total = funnel(by=by, campaign=campaign, units=None).total
    bare = _timed(_bare)
    median = statistics.median(times)
    return {
        "name": f"funnel by {by}, {connection.vendor}",
        "passes": BOOKS * PASSES,
        "handed": total.handed,
        "completed": total.completed,
        "median_ms": round(median, 1),
        "worst_ms": round(max(times), 1),
        "bare_sql_ms": round(statistics.median(bare), 1),
        "limit_ms": FUNNEL_MS,
        "passed": median <= FUNNEL_MS,
    }


def _bare() -> None:
    """Hand-overs by unit with those whose book was used: the least a count must read."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.unit_id, COUNT(*), SUM(CASE WHEN b.attended >= 1 THEN 1 ELSE 0 END) FROM passes_handover h "
            "JOIN passes_book b ON b.id = h.book_id GROUP BY h.unit_id"
        )
        cursor.fetchall()


def _timed(act: Callable[[], Any]) -> list[float]:
    """Milliseconds of each of `TIMES` runs, after one to warm up."""
    act()
    found = []
    for _turn in range(TIMES):
        start = perf_counter()
        act()
        found.append((perf_counter() - start) * 1000)
    return found
