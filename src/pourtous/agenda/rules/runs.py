"""Dates of a course held once, from a pattern on the wall clock of Paris: two hours at nine stay at nine in summer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pourtous.kernel.clock import PARIS

MAX_DATES = 60
MAX_DAYS = 3 * 366
_WEEK = 7


@dataclass(frozen=True)
class Pattern:
    """`count` dates from `first` on, on these weekdays (0 Monday … 6 Sunday), every `every_weeks` weeks.

    Weeks are counted from the Monday of the week of `first`. `starts` is on the clock of Paris, `minutes` is the length.
    """

    first: date
    weekdays: frozenset[int]
    starts: time
    minutes: int
    count: int = 1
    every_weeks: int = 1


@dataclass(frozen=True)
class Dated:
    """One date of the pattern; `reason` says why it is left out, "" when it is kept."""

    day: date
    reason: str = ""


@dataclass(frozen=True)
class Meeting:
    """When one session takes place: moments, half-open."""

    starts_at: datetime
    ends_at: datetime


def dates(pattern: Pattern, left_out: Callable[[date], str]) -> list[Dated]:
    """The dates in order, those left out among them, until `count` are kept (or three years have passed).

    `left_out(day)` gives the reason why nothing takes place that day, or "".
    """
    found: list[Dated] = []
    kept = 0
    monday = pattern.first - timedelta(days=pattern.first.weekday())
    for offset in range(MAX_DAYS):
        day = pattern.first + timedelta(days=offset)
        if kept >= min(pattern.count, MAX_DATES):
            break
        if day.weekday() in pattern.weekdays and (day - monday).days // _WEEK % pattern.every_weeks == 0:
            found.append(Dated(day, left_out(day)))
            kept += not found[-1].reason
    return found


def meeting(day: date, starts: time, minutes: int) -> Meeting:
    """The moments of a session that starts at this hour in Paris.

    An hour that the clock skips on the last Sunday of March is read as the one that follows; one that comes twice in
    October is the first. The length is true time, whatever the clock does.
    """
    begin = datetime.combine(day, starts, tzinfo=PARIS).astimezone(UTC)
    return Meeting(begin, begin + timedelta(minutes=minutes))


def meetings(pattern: Pattern, left_out: Callable[[date], str]) -> list[Meeting]:
    """The sessions of the dates that are kept."""
    kept = (dated.day for dated in dates(pattern, left_out) if not dated.reason)
    return [meeting(day, pattern.starts, pattern.minutes) for day in kept]
