"""Keeping the figures of each month right: what changes marks its month, and marked months are counted again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Sum

from pourtous.activities.models import (
    Activity,
    CountedPerson,
    MonthCount,
    MonthPerson,
    Participation,
    StaleMonth,
    TerritoryCount,
    TerritoryPeople,
)
from pourtous.activities.queries.counted import Whose, counted_by_mediator
from pourtous.activities.rules.number_sets import packed
from pourtous.activities.rules.tally import Counted, Tally, first_of, month_after, tally

AT_ONCE = 2000  # months a run counts again
TOGETHER = 200  # mediators counted in one go


def touch(activities: Iterable[Activity]) -> None:
    """Mark the months of these activities, in the transaction that changes them."""
    _mark_all((one.day, one.unit_id, one.mediator_id) for one in activities)


def touch_keys(activity_ids: Iterable[Any]) -> None:
    """The same by keys of activities."""
    _mark_all(Activity.objects.filter(pk__in=list(activity_ids)).values_list("day", "unit_id", "mediator_id"))


def _mark_all(rows: Iterable[tuple[date, Any, Any]]) -> None:
    """In one order for all writers: two that wait for each other would never end."""
    for key in sorted({(first_of(day), unit, mediator) for day, unit, mediator in rows}):
        _mark(*key)


def _mark(month: date, unit: Any, mediator: Any) -> None:
    """One more mark. Waits for a count that is being made: it may not have seen what changes now."""
    mine = StaleMonth.objects.filter(month=month, unit_id=unit, mediator_id=mediator)
    if mine.update(marks=F("marks") + 1):
        return
    try:
        with transaction.atomic():
            StaleMonth.objects.create(month=month, unit_id=unit, mediator_id=mediator)
    except IntegrityError:
        mine.update(marks=F("marks") + 1)


def count_again() -> int:
    """Count the marked mediators' months, one transaction a month of all. Returns how many."""
    marked = list(StaleMonth.objects.values_list("month", flat=True)[:AT_ONCE])
    return sum(_count_month(month) for month in sorted(set(marked)))


@transaction.atomic
def _count_month(month: date) -> int:
    stale = list(StaleMonth.objects.select_for_update().filter(month=month).order_by("pk"))
    for start in range(0, len(stale), TOGETHER):
        _count(month, stale[start : start + TOGETHER])
    if stale:
        _add_up(month)
    return len(stale)


def _count(month: date, stale: list[StaleMonth]) -> None:
    """The month of several mediators: what was counted goes, what their activities say comes."""
    of_month = Q(_of_mediators(stale), month=month)
    MonthCount.objects.filter(of_month).delete()
    MonthPerson.objects.filter(of_month).delete()
    days = Q(day__gte=month, day__lt=month_after(month))
    rows = Activity.objects.filter(_of_mediators(stale), days, deleted_at=None)
    MonthCount.objects.bulk_create(_month_counts(month, rows))
    people = Participation.objects.filter(activity__in=rows.order_by().values("pk")).order_by()
    whose = people.values_list("activity__unit_id", "activity__mediator_id", "person_id").distinct()
    MonthPerson.objects.bulk_create(
        MonthPerson(month=month, unit_id=unit, mediator_id=mediator, person_id=person)
        for unit, mediator, person in whose
    )
    StaleMonth.objects.filter(pk__in=[one.pk for one in stale]).delete()


def _of_mediators(stale: list[StaleMonth]) -> Q:
    of_units: dict[Any, list[Any]] = defaultdict(list)
    for one in stale:
        of_units[one.unit_id].append(one.mediator_id)
    return reduce(or_, (Q(unit=unit, mediator__in=mediators) for unit, mediators in of_units.items()))


def _month_counts(month: date, rows: QuerySet[Activity]) -> Iterator[MonthCount]:
    by_mediator: dict[Whose, list[Counted]] = defaultdict(list)
    for whose, one in counted_by_mediator(rows):
        by_mediator[whose].append(one)
    for (unit, mediator), its in by_mediator.items():
        for (dimension, value), sums in tally(its).items():
            cell = {"dimension": dimension, "value": value, **sums._asdict()}
            yield MonthCount(month=month, unit_id=unit, mediator_id=mediator, **cell)


def _add_up(month: date) -> None:
    """The month of all mediators together, from what was counted of each."""
    sums = {name: Sum(name) for name in Tally._fields}
    rows = MonthCount.objects.filter(month=month).order_by().values("dimension", "value").annotate(**sums)
    TerritoryCount.objects.filter(month=month).delete()
    TerritoryCount.objects.bulk_create(TerritoryCount(month=month, **row) for row in rows)
    _gather_people(month)


def gather_all_people() -> None:
    """The sets of all months."""
    for month in MonthPerson.objects.order_by("month").values_list("month", flat=True).distinct():
        _gather_people(month)


def _gather_people(month: date) -> None:
    """The set of all people helped in a month; those who have no number yet get one."""
    helped = MonthPerson.objects.filter(month=month).order_by()
    new = helped.filter(person__counted=None).values_list("person_id", flat=True).distinct()
    CountedPerson.objects.bulk_create((CountedPerson(person_id=person) for person in new), ignore_conflicts=True)
    numbers = helped.values_list("person__counted__pk", flat=True).distinct()
    TerritoryPeople.objects.update_or_create(month=month, defaults={"people": packed(numbers)})
