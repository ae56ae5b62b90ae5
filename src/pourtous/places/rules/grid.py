"""Opening hours as a weekly grid: what a manager fills in, written as OpenStreetMap `opening_hours` and read back.

A grid says: up to two spans each day, what happens on public holidays, and dated exceptions. Holidays:
"closed" writes `PH off`; "usual" writes `|| PH off`, a fallback that changes nothing on the days that are open
but speaks of holidays; "call" writes nothing, which `rules.hours` reads as "call first".
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise
from typing import Literal

from pourtous.places.rules import hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MAX_SPANS = 2
Holidays = Literal["closed", "usual", "call"]
Span = tuple[time, time]  # an end of 00:00 is midnight

_CLOCK = r"(\d{1,2}):(\d{2})"
_SPAN = re.compile(rf"{_CLOCK}-{_CLOCK}")
_TIMES = re.compile(rf"{_CLOCK}-{_CLOCK}(\s*,\s*{_CLOCK}-{_CLOCK})*")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = re.compile(rf"{_DAY}(-{_DAY})?(\s*,\s*{_DAY}(-{_DAY})?)*")
_DATE = rf"(\d{{4}}) ({'|'.join(MONTHS)}) (\d{{1,2}})"
_DATES = re.compile(rf"{_DATE}(?:\s*-\s*{_DATE})?")
_CLOSED = ("off", "closed")


@dataclass(frozen=True)
class Exceptional:
    """Other hours from one day to another, both in; no span: closed."""

    first: date
    last: date
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Grid:
    """One week, Monday first: seven tuples of spans, in order of time. All empty: closed every day."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7
    holidays: Holidays = "call"
    exceptions: tuple[Exceptional, ...] = field(default=())


def write(grid: Grid) -> str:
    """The grid as `opening_hours`: days with the same hours together, exceptions last, so that they win."""
    rules = _weekly_rules(grid.days) or ["off"]
    if grid.holidays == "closed":
        rules.append("PH off")
    rules += [f"{_dates(one)} {_times(one.spans)}" for one in sorted(grid.exceptions, key=lambda one: one.first)]
    return "; ".join(rules) + (" || PH off" if grid.holidays == "usual" else "")


def _weekly_rules(days: tuple[tuple[Span, ...], ...]) -> list[str]:
    same: dict[tuple[Span, ...], list[int]] = {}
    for number, spans in enumerate(days):
        if spans:
            same.setdefault(spans, []).append(number)
    return [f"{_day_names(numbers)} {_times(spans)}" for spans, numbers in same.items()]


def _day_names(numbers: list[int]) -> str:
    """[0, 1, 2, 5] → "Mo-We,Sa"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def _times(spans: tuple[Span, ...]) -> str:
    def clock(begin: time, end: time) -> str:
        return f"{begin:%H:%M}-{'24:00' if end == time(0) else f'{end:%H:%M}'}"

    return ",".join(clock(*span) for span in spans) if spans else "off"


def _dates(one: Exceptional) -> str:
    first, last = (f"{day.year} {MONTHS[day.month - 1]} {day.day:02}" for day in (one.first, one.last))
    return first if one.first == one.last else f"{first}-{last}"


def read(text: str) -> Grid | None:
    """The grid of a text; None when the text says more, or other, than a grid can (or nothing at all).

    What is read is checked against the text itself on four weeks of different seasons and every exception.
    """
    main, _bar, fallback = (part.strip() for part in text.partition("||"))
    if fallback not in {"", "PH off"} or not main:
        return None
    try:
        grid = _read_rules([rule.strip() for rule in main.split(";") if rule.strip()], usual=bool(fallback))
    except ValueError:
        return None
    return grid if _says_the_same(grid, text) else None


def _read_rules(rules: list[str], *, usual: bool) -> Grid:
    days: list[tuple[Span, ...]] = [()] * 7
    holidays: Holidays = "usual" if usual else "call"
    exceptions = []
    for rule in rules:
        if rule in {"PH off", "PH closed"}:
            holidays = "closed"
        elif match := _DATES.match(rule):
            exceptions.append(_exception(match, rule[match.end() :].strip()))
        elif rule not in _CLOSED or len(rules) > 1:
            match = _DAYS.match(rule)
            numbers = _numbers(match.group(0)) if match else range(7)
            spans = _spans(rule[match.end() if match else 0 :].strip())
            for number in numbers:
                days[number] = spans
    return Grid(tuple(days), holidays, tuple(exceptions))


def _numbers(text: str) -> list[int]:
    """The days of "Mo-We,Sa": [0, 1, 2, 5]; a range may go round the week ("Sa-Mo")."""
    found = []
    for part in text.split(","):
        first, _dash, last = part.strip().partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [number % 7 for number in range(start, (end if end >= start else end + 7) + 1)]
    return found


def _spans(text: str) -> tuple[Span, ...]:
    if text in _CLOSED:
        return ()
    if not _TIMES.fullmatch(text):
        raise ValueError(text)
    spans = []
    for match in _SPAN.finditer(text):
        h1, m1, h2, m2 = (int(number) for number in match.groups())
        spans.append((time(h1, m1), time(h2 % 24 if (h2, m2) == (24, 0) else h2, m2)))
    return checked(tuple(spans))


def checked(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans when a grid can say them: two at most, each of some length, in order, apart. ValueError otherwise."""
    marks = [minute for begin, end in spans for minute in (_minute(begin), _minute(end) or 1440)]
    if len(spans) > MAX_SPANS or any(a >= b for a, b in pairwise(marks)):
        msg = "spans that overlap, are too many, or go past midnight"
        raise ValueError(msg)
    return spans


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _exception(match: re.Match[str], rest: str) -> Exceptional:
    y1, m1, d1, y2, m2, d2 = match.groups()
    first = date(int(y1), MONTHS.index(m1) + 1, int(d1))
    last = date(int(y2), MONTHS.index(m2) + 1, int(d2)) if y2 else first
    if last < first:
        raise ValueError(rest)
    return Exceptional(first, last, _spans(rest))


_SAMPLE = (date(2027, 1, 18), date(2027, 4, 19), date(2027, 7, 12), date(2027, 10, 4))


def _says_the_same(grid: Grid, text: str) -> bool:
    written = write(grid)
    weeks = (*_SAMPLE, *(one.first for one in grid.exceptions[:20]), *(one.last for one in grid.exceptions[:20]))
    return all(hours.week(written, day) == hours.week(text, day) for day in weeks) and hours.is_readable(text)


def still_to_come(grid: Grid, today: date) -> Grid:
    """The grid without exceptions that are over."""
    return Grid(grid.days, grid.holidays, tuple(one for one in grid.exceptions if one.last >= today))


_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:h|:|\.)\s*(\d{2})?)?(?:\s*(?:min|mn)?)")


def read_clock(text: str) -> time | None:
    """An hour as people write it ("9", "9h", "9 h 30", "09:30", "0930", "24:00", "midi"); None when it is none."""
    plain = text.strip().lower().replace("\u202f", " ").replace("\xa0", " ")
    if plain in {"midi", "noon"}:
        return time(12)
    if plain in {"minuit", "midnight", "24:00", "24h", "24 h", "24h00"}:
        return time(0)
    if plain.isascii() and plain.isdigit() and len(plain) in {3, 4}:
        plain = f"{plain[:-2]}:{plain[-2:]}"
    match = _HOUR.fullmatch(plain)
    if not match or not plain.isascii():
        return None
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        return None


__all__ = ["DAYS", "Exceptional", "Grid", "Span", "checked", "read", "read_clock", "still_to_come", "write"]
