"""Figures of a period: whole months from what is counted ahead, anything else from the activities themselves.

Both ways count by `rules/tally.py` and give the same figures; only the time they take differs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from pourtous.activities.models import Activity, MonthCount, MonthPerson, Participation, StaleMonth
from pourtous.activities.queries.counted import counted
from pourtous.activities.rules.tally import NOTHING, ONE_OFF, TOTAL, Cell, Tally, added, first_of, month_after, tally

MOST_STALE = 200  # more than that (after an import), everything is read from the activities


@dataclass(frozen=True, kw_only=True)
class FiguresFilter:
    """What is counted: days from `since` to the day before `until`; None or "" is all.

    `units` None means all units (who may ask that is the caller's business); `kind` is a value of ActivityKind or
    "ponctuel"; `tag` the key of a tag; `commune` an INSEE code.
    """

    since: date
    until: date
    units: frozenset[UUID] | None = None
    mediators: frozenset[UUID] | None = None
    kind: str = ""
    topic: str = ""
    place: UUID | None = None
    commune: str = ""
    tag: UUID | None = None
    source: str = ""

    @property
    def is_ahead(self) -> bool:
        """Whether figures counted ahead can answer it: nothing looked for in an activity, and one whole month at least.

        Days that make no whole month are read from their activities.
        """
        looked_for = any((self.kind, self.topic, self.place, self.commune, self.tag, self.source))
        return not looked_for and self.months[0] < self.months[1]

    @property
    def months(self) -> tuple[date, date]:
        """The first whole month, and the month after the last."""
        first = first_of(self.since)
        return (first if first == self.since else month_after(first)), first_of(self.until)


@dataclass(frozen=True)
class Figures:
    """All cells of a period, the totals of its months in order, and how many different people with a file."""

    cells: dict[Cell, Tally]
    months: list[tuple[date, Tally]]
    people: int

    @property
    def total(self) -> Tally:
        """Activities, accompaniments and minutes."""
        return self.cells.get((TOTAL, ""), NOTHING)

    def of(self, dimension: str) -> dict[str, Tally]:
        """A dimension's values, most accompaniments first."""
        found = {value: one for (name, value), one in self.cells.items() if name == dimension}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1].accompaniments, pair[0])))


def figures(wanted: FiguresFilter, dimensions: frozenset[str] | None = None) -> Figures:
    """The figures of what is wanted; with `dimensions`, at least the cells of these."""
    return _ahead(wanted, dimensions) if wanted.is_ahead else figures_read(wanted)


# --- From the activities.


def activities(wanted: FiguresFilter) -> QuerySet[Activity]:
    """The activities that are counted."""
    rows = Activity.objects.filter(_whose(wanted), day__gte=wanted.since, day__lt=wanted.until, deleted_at=None)
    if wanted.kind:
        is_one_off = Q(is_one_off=True)
        rows = rows.filter(is_one_off if wanted.kind == ONE_OFF else Q(kind=wanted.kind) & ~is_one_off)
    if wanted.topic:
        rows = rows.filter(Q(topics__has=wanted.topic) | Q(procedures__has=wanted.topic))
    for name, value in (("place", wanted.place), ("insee_code", wanted.commune), ("source", wanted.source)):
        if value:
            rows = rows.filter(**{name: value})
    if wanted.tag:
        tagged = Activity.tags.through.objects.filter(activity=OuterRef("pk"), tag=wanted.tag)
        rows = rows.filter(Exists(tagged))
    return rows


def _whose(wanted: FiguresFilter) -> Q:
    asked = Q()
    if wanted.units is not None:
        asked &= Q(unit__in=wanted.units)
    if wanted.mediators is not None:
        asked &= Q(mediator__in=wanted.mediators)
    return asked


def figures_read(wanted: FiguresFilter) -> Figures:
    """The same from the activities alone, whatever was counted ahead."""
    rows = activities(wanted)
    return Figures(tally(counted(rows)), _filled(_by_month(rows), wanted), _people(rows).count())


def _by_month(rows: QuerySet[Activity]) -> dict[date, Tally]:
    months: dict[date, Tally] = {}
    for day, count, minutes in rows.order_by().values_list("day", "participant_count", "minutes").iterator():
        held = months.get(first_of(day), NOTHING)
        months[first_of(day)] = Tally(held.activities + 1, held.accompaniments + count, held.minutes + minutes)
    return months


def _people(rows: QuerySet[Activity]) -> QuerySet[Participation, Any]:
    took_part = Participation.objects.filter(activity__in=rows.order_by().values("pk")).order_by()
    return took_part.values("person_id").distinct()


def _filled(months: dict[date, Tally], wanted: FiguresFilter) -> list[tuple[date, Tally]]:
    """All months of the period in order, empty ones too."""
    found, month = [], first_of(wanted.since)
    while month < wanted.until:
        found.append((month, months.get(month, NOTHING)))
        month = month_after(month)
    return found


# --- From what is counted ahead; months that changed since are read from their activities.


def _ahead(wanted: FiguresFilter, dimensions: frozenset[str] | None) -> Figures:
    of_period = Q(_whose(wanted), month__gte=wanted.months[0], month__lt=wanted.months[1])
    stale = list(StaleMonth.objects.filter(of_period)[: MOST_STALE + 1])
    if len(stale) > MOST_STALE:
        return figures_read(wanted)
    kept = of_period & ~_any_of(stale, _month_of)
    rows = MonthCount.objects.filter(kept).order_by()
    asked = rows if dimensions is None else rows.filter(dimension__in={TOTAL, *dimensions})
    sums = {name: Sum(name) for name in Tally._fields}
    cells = {(of[0], of[1]): Tally(*of[2:]) for of in asked.values_list("dimension", "value").annotate(**sums)}
    of_months = rows.filter(dimension=TOTAL).values_list("month").annotate(**sums)
    months = {month: Tally(*parts) for month, *parts in of_months}
    if not stale and wanted.months == (wanted.since, wanted.until):
        return Figures(cells, _filled(months, wanted), _people_ahead(kept).count())
    fresh = Activity.objects.filter(_any_of(stale, _days_of) | _edges(wanted), deleted_at=None)
    cells, months = added(cells, tally(counted(fresh))), added(months, _by_month(fresh))
    return Figures(cells, _filled(months, wanted), _people_ahead(kept).union(_people(fresh)).count())


def _edges(wanted: FiguresFilter) -> Q:
    """The days before the first whole month and after the last."""
    first, end = wanted.months
    days = Q(day__gte=wanted.since, day__lt=first) | Q(day__gte=end, day__lt=wanted.until)
    return _whose(wanted) & days


def _people_ahead(kept: Q) -> QuerySet[MonthPerson, Any]:
    return MonthPerson.objects.filter(kept).order_by().values("person_id").distinct()


def _any_of(stale: list[StaleMonth], asked: Callable[[StaleMonth], Q]) -> Q:
    return reduce(or_, map(asked, stale), Q(pk__in=[]))


def _month_of(stale: StaleMonth) -> Q:
    return Q(month=stale.month, unit=stale.unit_id, mediator=stale.mediator_id)


def _days_of(stale: StaleMonth) -> Q:
    days = Q(day__gte=stale.month, day__lt=month_after(stale.month))
    return days & Q(unit=stale.unit_id, mediator=stale.mediator_id)
