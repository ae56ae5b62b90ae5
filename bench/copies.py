"""The demonstration many times over: the same people, helped on other days, until there are as many as in a département."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.generate import SEED

PERSONS, ACTIVITIES, APPOINTMENTS = 60_000, 300_000, 100_000
_LONGEST_DAYS = 600  # a copy happened at most so many days before
_GONE = ("merged", "anonymised")
Row = dict[str, Any]


def copy_demonstration(persons: int = PERSONS) -> dict[str, int]:
    """Copy files with what hangs on them, activities and past appointments; how many there are of each.

    With fewer persons, fewer of all.
    """
    from pourtous.activities.models import Activity, Participation
    from pourtous.agenda.models import Appointment
    from pourtous.people.models import Criterion, FollowUp, Person

    alive = Person.objects.exclude(state__in=_GONE)
    files = [_Table(alive), *(_Table(model.objects.filter(person__in=alive)) for model in (FollowUp, Criterion))]
    help_given = [_Table(Activity.objects.all()), _Table(Participation.objects.filter(person__in=alive))]
    past = [_Table(Appointment.objects.exclude(state="booked"))]
    share = persons / PERSONS
    people = _copy(files, persons)
    _copy(help_given, round(ACTIVITIES * share), people)
    _copy(past, round(APPOINTMENTS * share), people)
    return {model._meta.verbose_name_plural: model.objects.count() for model in (Person, Activity, Appointment)}  # noqa: SLF001


class _Table:
    """Rows as they are before anything is copied."""

    def __init__(self, rows: Any) -> None:
        self.model = rows.model
        self.names = [field.attname for field in self.model._meta.concrete_fields]  # noqa: SLF001
        self.rows = [dict(zip(self.names, row, strict=True)) for row in rows.order_by("pk").values_list(*self.names)]


def _copy(tables: list[_Table], wanted: int, people: int = 0) -> int:
    """Copy tables until the first has so many rows; how many there are of each row then. `people`: copies of files."""
    from django.db import transaction

    from pourtous.demo.batch import Batch

    copies = max(1, round(wanted / max(len(tables[0].rows), 1)))
    for copy in range(1, copies):
        change = _change(copy, people or copies)
        batch = Batch()
        for table in tables:
            batch.add_values(table.model, (list(change(dict(row)).values()) for row in table.rows))
        with transaction.atomic():
            batch.save()
    return copies


def _change(copy: int, people: int) -> Callable[[Row], Row]:
    """What makes a row another one: keys of its own, on earlier days, with nothing there may be only one of."""
    from pourtous.kernel.ids import new_code

    dice = random.Random(SEED + copy)

    def change(row: Row) -> Row:
        row["id"] = _key(row["id"], copy)
        if "activity_id" in row:
            row["activity_id"] = _key(row["activity_id"], copy)
        if row.get("person_id"):
            row["person_id"] = _key(row["person_id"], copy % people)
        if "code" in row:
            row["code"] = new_code(len(row["code"]))
        earlier = timedelta(days=dice.randrange(_LONGEST_DAYS))
        row.update({name: row[name] - earlier for name in ("day", "starts_at", "ends_at") if name in row})
        row.update({name: value for name, value in _ONCE.items() if name in row})
        return row

    return change


_ONCE = {"appointment_id": None, "source_id": "", "name_hash": "", "phone_hash": ""}


def _key(key: UUID, copy: int) -> UUID:
    return UUID(int=key.int ^ copy)
