"""Figures of a period: whole months from what is counted ahead, anything else from the activities themselves.

Both ways count by `rules/tally.py` and give the same figures; only the time they take differs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from pourtous.activities.enums import Dimension
from pourtous.activities.models import (
    Activity,
    AnonymousCount,
    MonthCount,
    MonthPerson,
    Participation,
    StaleMonth,
    TerritoryCount,
)
from pourtous.activities.queries import different_people
from pourtous.activities.queries.counted import counted
from pourtous.activities.rules.tally import (
    AGAIN,
    ANONYMOUS,
    HELPED_BEFORE,
    NEW,
    NOTHING,
    ONE_OFF,
    TOTAL,
    Cell,
    Tally,
    added,
    first_of,
    month_after,
    tally,
)

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
    def is_of_some(self) -> bool:
        """Whether units or mediators are named: not everybody’s."""
        return self.units is not None or self.mediators is not None

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
    return _ahead(wanted, dimensions) if wanted.is_ahead else figures_read(wanted, dimensions)


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


def figures_read(wanted: FiguresFilter, dimensions: frozenset[str] | None = None) -> Figures:
    """The same from the activities alone, whatever was counted ahead."""
    rows = activities(wanted)
    cells, months = _read(rows, dimensions)
    return Figures(cells, _filled(months, wanted), _people(rows).count())


_Counts = tuple[dict[Cell, Tally], dict[date, Tally]]


def _read(rows: QuerySet[Activity], dimensions: frozenset[str] | None) -> _Counts:
    is_light = dimensions is not None and dimensions <= LIGHT
    return light(rows) if is_light else (tally(counted(rows)), _by_month(rows))


def _by_month(rows: QuerySet[Activity]) -> dict[date, Tally]:
    sums = {"count": Count("pk"), "people": Sum("participant_count"), "time": Sum("minutes")}
    of_days = rows.order_by().values_list("day").annotate(**sums)
    return added(*({first_of(day): Tally(*parts)} for day, *parts in of_days))


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
    cells, months = _counts(wanted, kept, {one.month for one in stale}, dimensions)
    if not stale and wanted.months == (wanted.since, wanted.until):
        return Figures(cells, _filled(months, wanted), _different_people(wanted, kept, None, stale))
    fresh = Activity.objects.filter(_any_of(stale, _days_of) | _edges(wanted), deleted_at=None)
    fresh_cells, fresh_months = _read(fresh, dimensions)
    cells, months = added(cells, fresh_cells), added(months, fresh_months)
    return Figures(cells, _filled(months, wanted), _different_people(wanted, kept, fresh, stale))


def _different_people(
    wanted: FiguresFilter, kept: Q, fresh: QuerySet[Activity] | None, stale: Iterable[StaleMonth]
) -> int:
    helped = MonthPerson.objects.filter(kept)
    if wanted.is_of_some:
        return different_people.of_some(helped, fresh)
    return different_people.of_all(wanted.months, helped, fresh, but={one.month for one in stale})


def _counts(wanted: FiguresFilter, kept: Q, stale_months: set[date], dimensions: frozenset[str] | None) -> _Counts:
    """Cells and totals by month. Everybody's come added up, but for months in which something changed since."""
    if wanted.is_of_some:
        return _summed(MonthCount.objects.filter(kept), dimensions)
    whole = TerritoryCount.objects.filter(month__gte=wanted.months[0], month__lt=wanted.months[1])
    cells, months = _summed(whole.exclude(month__in=stale_months), dimensions)
    if not stale_months:
        return cells, months
    others = _summed(MonthCount.objects.filter(kept, month__in=stale_months), dimensions)
    return added(cells, others[0]), added(months, others[1])


def _summed(rows: QuerySet[Any], dimensions: frozenset[str] | None) -> _Counts:
    asked = rows if dimensions is None else rows.filter(dimension__in={TOTAL, *dimensions})
    sums = {name: Sum(name) for name in Tally._fields}
    found = asked.order_by().values_list("dimension", "value").annotate(**sums)
    cells = {(dimension, value): Tally(*parts) for dimension, value, *parts in found}
    of_months = rows.filter(dimension=TOTAL).order_by().values_list("month").annotate(**sums)
    return cells, {month: Tally(*parts) for month, *parts in of_months}


LIGHT = frozenset({TOTAL, "kind", "novelty"})  # what the database can count without reading each activity


def light(rows: QuerySet[Activity]) -> _Counts:
    """Totals, kinds and novelty of these activities, as `rules/tally.py` counts them; totals by month."""
    sums = {
        "n": Count("pk"),
        "people": Sum("participant_count"),
        "time": Sum("minutes"),
        "without": Sum("anonymous_count"),
    }
    cells: list[dict[Cell, Tally]] = []
    months: list[dict[date, Tally]] = []
    without_file = 0
    found = rows.order_by().values_list("day", "kind", "is_one_off").annotate(**sums)
    for day, kind, is_one_off, *parts, without in found:
        one = Tally(*parts)
        cells.append({(TOTAL, ""): one, ("kind", ONE_OFF if is_one_off else kind): one})
        months.append({first_of(day): one})
        without_file += without
    return added(*cells) | _novelty(rows, without_file), added(*months)


def _novelty(rows: QuerySet[Activity], without_file: int) -> dict[Cell, Tally]:
    took_part = Participation.objects.filter(activity__in=rows.order_by().values("pk")).order_by()
    met = dict(took_part.values_list("is_first").annotate(count=Count("pk")))
    with_some = rows.filter(anonymous_count__gt=0).order_by().values("pk")
    known = AnonymousCount.objects.filter(activity__in=with_some, dimension=Dimension.KNOWN)
    again = known.aggregate(total=Sum("count"))["total"] or 0
    people = {NEW: met.get(True, 0), AGAIN: met.get(False, 0), HELPED_BEFORE: again, ANONYMOUS: without_file - again}
    return {("novelty", name): Tally(0, count, 0) for name, count in people.items() if count}


def _edges(wanted: FiguresFilter) -> Q:
    """The days before the first whole month and after the last."""
    first, end = wanted.months
    spans = ((wanted.since, first), (end, wanted.until))
    of_spans = (Q(_whose(wanted), day__gte=begin, day__lt=last) for begin, last in spans if begin < last)
    return reduce(or_, of_spans, Q(pk__in=[]))


def _any_of(stale: list[StaleMonth], asked: Callable[[StaleMonth], Q]) -> Q:
    return reduce(or_, map(asked, stale), Q(pk__in=[]))


def _month_of(stale: StaleMonth) -> Q:
    return Q(month=stale.month, unit=stale.unit_id, mediator=stale.mediator_id)


def _days_of(stale: StaleMonth) -> Q:
    days = Q(day__gte=stale.month, day__lt=month_after(stale.month))
    return days & Q(unit=stale.unit_id, mediator=stale.mediator_id)
