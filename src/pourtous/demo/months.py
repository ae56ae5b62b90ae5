"""Figures of the demonstration counted ahead from what is in memory, by the very rules of `activities`."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from pourtous.activities.models import AnonymousCount, MonthCount, MonthPerson, Participation, TerritoryCount
from pourtous.activities.rules.tally import NOTHING, Counted, Participant, Tally, first_of, tally
from pourtous.demo.activities import Told
from pourtous.demo.batch import Batch

Row = tuple[Told, list[Participation], list[AnonymousCount]]
_Month = tuple[date, UUID, UUID]


def count_ahead(rows: list[Row], batch: Batch) -> None:
    """The counts of each mediator's month, and the persons they helped in it."""
    months: dict[_Month, list[Row]] = defaultdict(list)
    for row in rows:
        activity = row[0].activity
        months[first_of(activity.day), activity.unit_id, activity.mediator_id].append(row)
    counted = [values for month, its in months.items() for values in _cells(month, its)]
    batch.add_values(MonthCount, iter(counted))
    batch.add_values(TerritoryCount, _together(counted))
    batch.add_values(MonthPerson, (values for month, its in months.items() for values in _people(month, its)))


def _cells(month: _Month, rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    for cell, one in tally(map(_counted, rows)).items():
        yield (*month, *cell, *one)


def _together(counted: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The months of all mediators added up."""
    sums: dict[tuple[Any, ...], dict[str, Tally]] = defaultdict(dict)
    for month, _unit, _mediator, dimension, value, *parts in counted:
        held = sums[month, dimension]
        held[value] = Tally(*(a + b for a, b in zip(held.get(value, NOTHING), parts, strict=True)))
    for (month, dimension), values in sums.items():
        yield from ((month, dimension, value, *one) for value, one in values.items())


def _people(month: _Month, rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    persons = {person.pk for told, _came, _counts in rows for person in told.persons}
    yield from ((*month, person) for person in sorted(persons))


def _counted(row: Row) -> Counted:
    told, people, counts = row
    one = told.activity
    return Counted(
        kind=one.kind,
        is_one_off=one.is_one_off,
        minutes=one.minutes,
        place_kind=one.place_kind,
        place=str(one.place_id or ""),
        insee_code=one.insee_code,
        topics=one.topics,
        procedures=one.procedures,
        equipment=one.equipment,
        autonomy=one.autonomy,
        level=one.level,
        orientation=one.orientation,
        outcome=one.orientation_outcome,
        source=one.source,
        participant_count=one.participant_count,
        anonymous_count=one.anonymous_count,
        participants=[Participant(p.age_band, p.gender, p.status, p.insee_code, p.is_first) for p in people],
        anonymous=[(c.dimension, c.value, c.count) for c in counts],
    )
