"""What an OpenStreetMap `opening_hours` text says at a moment, on a day, in a week. Civil time of Europe/Paris.

Three readings differ from the library's, because a person acts on the answer:
- a text that says nothing of public holidays is read with `PH unknown` behind it (never stored so): on a
  holiday the answer is "holiday" (call first), never "open";
- a part that is only a comment ("sur rendez-vous") is a note on all the rest, not "open day and night";
- a whole day that is "open" only by a comment (`Mo "sur rendez-vous"`) is "unknown", with its note.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from pourtous.kernel.clock import PARIS, paris

Kind = Literal["open", "closed", "holiday", "unknown"]

EVENING = time(18)
_MIDNIGHT = time(0)
_DAY = timedelta(days=1)
_HORIZON = timedelta(days=370)
_MAX_STEPS = 800
_MAX_LENGTH = 2000  # longer than any real text; protects the parser
_CACHED = 1 << 15  # parsed texts kept in the process: those of a national directory

_QUOTED = re.compile(r'"[^"]*"')
_SAYS_HOLIDAY = re.compile(r"\bPH\b")
_ONLY_HOLIDAYS = re.compile(r"^(PH|SH)(\s*,\s*(PH|SH))*\s+(off|closed|unknown)$")
_holidays = OpeningHours("PH 00:00-24:00", country="FR")


@dataclass(frozen=True)
class Opening:
    """The state at one moment.

    `until`: end of the present opening, when it is within two days (None when always open).
    `opens_at`: next opening after a state that is not "open"; None when not known or not within a year.
    Both are UTC. `note`: the text's own comment ("sur rendez-vous").
    """

    kind: Kind
    until: datetime | None = None
    opens_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class DayHours:
    """The hours of one day. A span that goes past midnight belongs to the day it starts; 00:00 as its end is midnight.

    `kind` is "open" when there are spans, "holiday" when it is a public holiday of which the text says
    nothing (call first), "unknown" when the text does not tell.
    """

    day: date
    spans: list[tuple[time, time]]
    is_today: bool
    is_holiday: bool
    note: str = ""
    kind: Kind = "closed"


UNKNOWN = Opening("unknown")


@dataclass(frozen=True)
class _Text:
    """A text, parsed: `parsed` is None when it says nothing usable."""

    parsed: OpeningHours | None
    note: str


@lru_cache(maxsize=_CACHED)
def _read(hours: str) -> _Text:
    if len(hours) > _MAX_LENGTH:
        return _Text(None, "")
    rules, note = _without_bare_comments(hours)
    if all(_ONLY_HOLIDAYS.match(rule) for rule in rules):
        return _Text(None, note)
    text = "; ".join(rules)
    if not _SAYS_HOLIDAY.search(_QUOTED.sub("", text)):
        text += "; PH unknown"
    return _Text(_parse(text), note)


def _parse(text: str) -> OpeningHours | None:
    try:
        return OpeningHours(text, country="FR")
    except ParserError:
        return None


def _without_bare_comments(hours: str) -> tuple[list[str], str]:
    """The text's rules (parted by `;` outside quotes) without those that are only a comment, and these comments."""
    rules, notes = [], []
    for rule in re.findall(r'(?:"[^"]*"|[^;"])+', hours):
        if not (bare := rule.strip()):
            continue
        if _QUOTED.fullmatch(bare):
            notes.append(bare.strip('" '))
        else:
            rules.append(bare)
    return rules, ", ".join(notes)


def is_readable(hours: str) -> bool:
    """Whether the text is valid `opening_hours` that tells at least one opening rule or note."""
    text = _read(hours)
    return text.parsed is not None or bool(text.note)


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday in all of France."""
    return bool(_holidays.is_open(datetime.combine(day, time(12))))


def opening_at(hours: str, moment: datetime) -> Opening:
    """The state at `moment` (aware). An empty or unreadable text gives "unknown"."""
    text = _read(hours)
    if text.parsed is None:
        return Opening("unknown", note=text.note)
    local = paris(moment)
    naive = local.replace(tzinfo=None)
    kind, comment = _kind(text.parsed, naive)
    note = ", ".join(part for part in (comment, text.note) if part)
    if kind == "open":
        end = _end_of_opening(text.parsed, naive)
        return Opening("open", until=_aware(end, moment), note=note)
    return Opening(kind, opens_at=_aware(_next_opening(text.parsed, naive), moment), note=note)


@lru_cache(maxsize=_CACHED)
def _kind_at_minute(hours: str, minute: datetime) -> Kind:
    parsed = _read(hours).parsed
    return "unknown" if parsed is None else _kind(parsed, minute)[0]


def kind_at(hours: str, moment: datetime) -> Kind:
    """Only the kind of `opening_at`, remembered by the minute: for filtering thousands of places."""
    return _kind_at_minute(hours, paris(moment).replace(tzinfo=None, second=0, microsecond=0))


def _kind(parsed: OpeningHours, naive: datetime) -> tuple[Kind, str]:
    state, comment = parsed.state(naive)
    if state == State.OPEN:
        if comment and _is_whole_day(parsed, naive):
            return "unknown", comment
        return "open", comment
    if state == State.UNKNOWN:
        return ("holiday" if is_holiday(naive.date()) else "unknown"), comment
    return "closed", comment


def _is_whole_day(parsed: OpeningHours, naive: datetime) -> bool:
    start = datetime.combine(naive.date(), _MIDNIGHT)
    _begin, end, state, _comment = next(_intervals(parsed, start))
    return bool(state == State.OPEN) and (end is None or end - start >= _DAY)


def _intervals(parsed: OpeningHours, start: datetime) -> Iterator[tuple[datetime, datetime | None, Any, str]]:
    """The library's intervals from `start`, for a year and a number of steps at most."""
    last = start + _HORIZON
    for step, interval in enumerate(parsed.intervals(start)):
        if step > _MAX_STEPS or interval[0] > last:
            return
        yield interval


def _end_of_opening(parsed: OpeningHours, naive: datetime) -> datetime | None:
    for begin, _end, state, _comment in _intervals(parsed, naive):
        if begin - naive > 2 * _DAY:
            return None
        if state != State.OPEN:
            return begin
    return None


def _next_opening(parsed: OpeningHours, naive: datetime) -> datetime | None:
    for begin, end, state, comment in _intervals(parsed, naive):
        is_vague = comment and (end is None or end - begin >= _DAY)
        if state == State.OPEN and begin > naive and not is_vague:
            return begin
    return None


def _aware(naive: datetime | None, after: datetime) -> datetime | None:
    """The moment of a clock in Paris, never before `after` (an hour that comes twice is then the second one)."""
    if naive is None:
        return None
    moment = naive.replace(tzinfo=PARIS).astimezone(UTC)
    return moment if moment > after.astimezone(UTC) else naive.replace(tzinfo=PARIS, fold=1).astimezone(UTC)


def week(hours: str, day: date) -> list[DayHours]:
    """The seven days from `day` on, `day` being today. Without usable text, seven days of "unknown"."""
    text = _read(hours)
    days = [day + n * _DAY for n in range(7)]
    if text.parsed is None:
        return [DayHours(d, [], d == day, is_holiday(d), text.note, "unknown") for d in days]
    spans: dict[date, list[tuple[time, time]]] = {d: [] for d in days}
    notes: dict[date, list[str]] = {d: [] for d in days}
    for begin, end, comment in _openings(text.parsed, days[0] - _DAY, days[-1] + _DAY):
        for piece_day, piece in _by_day(begin, end):
            if piece_day in spans:
                spans[piece_day].append(piece)
                notes[piece_day] += [comment] if comment else []
    return [_day_hours(text, d, spans[d], notes[d], is_today=d == day) for d in days]


def _openings(parsed: OpeningHours, first: date, last: date) -> Iterator[tuple[datetime, datetime, str]]:
    """Open intervals between two days (the last one in), those whose day is only a comment left out."""
    start, stop = datetime.combine(first, _MIDNIGHT), datetime.combine(last + _DAY, _MIDNIGHT)
    for begin, end, state, comment in _intervals(parsed, start):
        if begin >= stop:
            return
        finish = stop if end is None else min(end, stop)
        if state == State.OPEN and not (comment and finish - begin >= _DAY):
            yield begin, finish, comment


def _by_day(begin: datetime, end: datetime) -> Iterator[tuple[date, tuple[time, time]]]:
    """One opening as spans of days: whole when it lasts under a day, else cut at each midnight."""
    if end - begin < _DAY:
        yield begin.date(), (begin.time(), end.time())
        return
    while begin < end:
        midnight = datetime.combine(begin.date() + _DAY, _MIDNIGHT)
        yield begin.date(), (begin.time(), min(midnight, end).time())
        begin = midnight


def _day_hours(text: _Text, day: date, spans: list[tuple[time, time]], notes: list[str], *, is_today: bool) -> DayHours:
    parts = list(dict.fromkeys(notes))
    kind: Kind = "open"
    if not spans and text.parsed is not None:
        kind, comment = _kind(text.parsed, datetime.combine(day, time(12)))
        kind = "closed" if kind == "open" else kind
        parts = [comment] if comment else []
    note = ", ".join([*parts, text.note] if text.note else parts)
    return DayHours(day, spans, is_today, is_holiday(day), note, kind)


@lru_cache(maxsize=_CACHED)
def evening_or_weekend(hours: str) -> bool | None:
    """Whether an ordinary week has an opening after 18:00 or on a Saturday or Sunday; None when not known."""
    if _read(hours).parsed is None:
        return None
    weeks = [week(hours, monday) for monday in _SAMPLE_MONDAYS]
    days = [day for days in weeks for day in days]
    if any(_is_evening_or_weekend(day) for day in days):
        return True
    return False if any(day.spans for day in days) else None


# Mondays of four weeks without public holiday, one a season, so that closed summers do not hide the rest.
_SAMPLE_MONDAYS = (date(2027, 1, 18), date(2027, 4, 19), date(2027, 6, 14), date(2027, 10, 4))


def _is_evening_or_weekend(day: DayHours) -> bool:
    if not day.spans:
        return False
    return day.day.weekday() >= 5 or any(  # noqa: PLR2004 (Saturday)
        end > EVENING or end <= begin for begin, end in day.spans
    )
