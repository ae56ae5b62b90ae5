"""Keeping the figures of each month right: what changes marks its month, and marked months are counted again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum

from pourtous.activities.models import Activity, MonthCount, MonthPerson, Participation, StaleMonth, TerritoryCount
from pourtous.activities.queries.counted import counted
from pourtous.activities.rules.tally import Tally, first_of, month_after, tally

AT_ONCE = 2000  # months a run counts again


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
    for one in stale:
        _count(one)
    if stale:
        _add_up(month)
    return len(stale)


def _count(stale: StaleMonth) -> None:
    of_month = {"month": stale.month, "unit_id": stale.unit_id, "mediator_id": stale.mediator_id}
    MonthCount.objects.filter(**of_month).delete()
    MonthPerson.objects.filter(**of_month).delete()
    rows = activities_of(stale)
    MonthCount.objects.bulk_create(
        MonthCount(**of_month, dimension=dimension, value=value, **one._asdict())
        for (dimension, value), one in tally(counted(rows)).items()
    )
    people = Participation.objects.filter(activity__in=rows.order_by().values("pk")).order_by()
    MonthPerson.objects.bulk_create(
        MonthPerson(**of_month, person_id=person) for person in people.values_list("person_id", flat=True).distinct()
    )
    stale.delete()


def _add_up(month: date) -> None:
    """The month of all mediators together, from what was counted of each."""
    sums = {name: Sum(name) for name in Tally._fields}
    rows = MonthCount.objects.filter(month=month).order_by().values("dimension", "value").annotate(**sums)
    TerritoryCount.objects.filter(month=month).delete()
    TerritoryCount.objects.bulk_create(TerritoryCount(month=month, **row) for row in rows)


def activities_of(month: StaleMonth) -> QuerySet[Activity]:
    """The activities of a mediator's month that count."""
    return Activity.objects.filter(
        unit_id=month.unit_id,
        mediator_id=month.mediator_id,
        day__gte=month.month,
        day__lt=month_after(month.month),
        deleted_at=None,
    )
