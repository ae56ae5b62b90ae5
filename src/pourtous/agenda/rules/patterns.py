"""Weekly patterns on the wall clock of Paris: from nine to noon stays from nine to noon when the clocks change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from pourtous.agenda.rules.holidays import days_off
from pourtous.agenda.rules.occupied_time import Span, hours_on

WEEK = 7


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every `every_weeks` weeks, counted from the week of `first_on`. `until_on` is the first day without."""

    weekdays: frozenset[int]  # 0 is Monday
    starts: time
    ends: time
    first_on: date
    until_on: date | None = None
    every_weeks: int = 1
    school_zone: str = ""  # whose school holidays are left out; "": none


def days_of(pattern: Pattern, first: date, last: date) -> Iterator[date]:
    """The days on which a pattern holds, from `first` to before `last`, in order; never a public holiday."""
    off = days_off(first, last, school_zone=pattern.school_zone)
    begins, ends = max(first, pattern.first_on), min(last, pattern.until_on or last)
    monday = _monday(pattern.first_on)
    week = monday + timedelta(days=max(0, (_monday(begins) - monday).days // WEEK) * WEEK)
    weekdays = sorted(pattern.weekdays)
    while week < ends:
        if (week - monday).days // WEEK % pattern.every_weeks == 0:
            for weekday in weekdays:
                day = week + timedelta(days=weekday)
                if begins <= day < ends and day not in off:
                    yield day
        week += timedelta(days=WEEK)


def spans_of(pattern: Pattern, first: date, last: date) -> list[Span]:
    """The ticks in which a pattern holds, from day `first` to before day `last`, in order."""
    found = [hours_on(day, pattern.starts, pattern.ends) for day in days_of(pattern, first, last)]
    return [span for span in found if span[0] < span[1]]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
