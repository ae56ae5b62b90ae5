"""When a calendar kept elsewhere says that somebody is busy. Titles, people and notes in it are never read."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from icalendar import Calendar

from pourtous.kernel.clock import PARIS
from pourtous.kernel.errors import DomainError

AHEAD = timedelta(days=120)
_MOST_EVENTS = 5_000
_MOST_TIMES = 2_000
_MOST_SECONDS = 5
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_OFF = {"CANCELLED"}
Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class _Read:
    """One event: who it is, when it is, and which occurrence of a row it replaces."""

    uid: str
    starts: Any  # date or datetime, as written
    length: timedelta
    rule: str
    left_out: frozenset[datetime]
    more: tuple[Any, ...]
    replaces: datetime | None
    is_busy: bool


def busy_periods(content: bytes, *, now: datetime) -> list[Period]:
    """The busy times from now on, for four months, merged and in order. DomainError when it is no calendar."""
    try:
        calendar = Calendar.from_ical(content)
        events = [_read(event) for event in list(calendar.walk("VEVENT"))[:_MOST_EVENTS] if event.get("DTSTART")]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise DomainError(_("This is not a calendar in ICS format.")) from error
    replaced: set[tuple[str, datetime | None]] = {(event.uid, event.replaces) for event in events if event.replaces}
    found: list[Period] = []
    begun = time.monotonic()
    for event in events:
        if time.monotonic() - begun > _MOST_SECONDS:
            raise DomainError(_("This calendar is too complicated to read."))
        if event.is_busy:
            found += _occurrences(event, replaced, now)
    return _merged(found)


def _read(event: Any) -> _Read:
    starts = event["DTSTART"].dt
    ends = event["DTEND"].dt if event.get("DTEND") else None
    length = event["DURATION"].dt if event.get("DURATION") else None
    if length is None:
        length = _moment(ends) - _moment(starts) if ends is not None else _default_length(starts)
    replaces = event["RECURRENCE-ID"].dt if event.get("RECURRENCE-ID") else None
    rule = event["RRULE"].to_ical().decode() if event.get("RRULE") and not isinstance(event["RRULE"], list) else ""
    is_off = str(event.get("STATUS", "")).upper() in _OFF or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return _Read(
        str(event.get("UID", "")),
        starts,
        length,
        rule,
        frozenset(_moment(one) for one in _listed(event.get("EXDATE"))),
        tuple(_listed(event.get("RDATE"))),
        _moment(replaces) if replaces is not None else None,
        not is_off,
    )


def _default_length(starts: Any) -> timedelta:
    return timedelta() if isinstance(starts, datetime) else timedelta(days=1)


def _listed(value: Any) -> list[Any]:
    """The dates of one or several EXDATE or RDATE lines; of periods, when they begin."""
    lines = value if isinstance(value, list) else [value] if value is not None else []
    dates = [one.dt for line in lines for one in line.dts]
    return [one[0] if isinstance(one, tuple) else one for one in dates]


def _moment(value: Any) -> datetime:
    """A moment (UTC); a day begins at midnight in Paris, an hour without zone is one in Paris."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=PARIS)
    moment: datetime = value if value.tzinfo else value.replace(tzinfo=PARIS)
    return moment.astimezone(UTC)


def _occurrences(event: _Read, replaced: set[tuple[str, datetime | None]], now: datetime) -> Iterator[Period]:
    limit = now + AHEAD
    for starts_at in _begins(event, now, limit):
        is_other = event.replaces is None and (event.uid, starts_at) in replaced
        if is_other or starts_at in event.left_out:
            continue
        ends_at = starts_at + event.length
        if ends_at > now and starts_at < limit and ends_at > starts_at:
            yield max(starts_at, now), min(ends_at, limit)


def _begins(event: _Read, now: datetime, limit: datetime) -> Iterator[datetime]:
    """When it begins: once, on extra dates, and by its rule on its own wall clock (nine stays nine)."""
    yield _moment(event.starts)
    yield from (_moment(one) for one in event.more)
    if not event.rule or any(f"FREQ={often}" in event.rule.upper() for often in _TOO_OFTEN):
        return
    zone = _zone(event.starts)
    first = _naive(event.starts, zone)
    rule = rrulestr(_with_naive_end(event.rule, zone), dtstart=first, cache=False)
    earliest = now.astimezone(zone).replace(tzinfo=None) - event.length
    for count, moment in enumerate(rule.xafter(earliest, inc=True)):
        at = moment.replace(tzinfo=zone).astimezone(UTC)
        if at >= limit or count >= _MOST_TIMES:
            return
        yield at


def _zone(starts: Any) -> Any:
    return (starts.tzinfo if isinstance(starts, datetime) else None) or PARIS


def _naive(starts: Any, zone: ZoneInfo) -> datetime:
    if isinstance(starts, datetime):
        return starts.replace(tzinfo=None) if starts.tzinfo is None else starts.astimezone(zone).replace(tzinfo=None)
    day: date = starts
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (the wall clock of the event)


def _with_naive_end(rule: str, zone: ZoneInfo) -> str:
    """The rule with its end on the event's own wall clock: what the library wants of a naive beginning."""
    parts = []
    for part in rule.split(";"):
        name, _sep, value = part.partition("=")
        if name.upper() == "UNTIL" and value.endswith("Z"):
            until = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            value = f"{until.astimezone(zone):%Y%m%dT%H%M%S}"
        parts.append(f"{name}={value}")
    return ";".join(parts)


def _merged(found: list[Period]) -> list[Period]:
    merged: list[Period] = []
    for starts_at, ends_at in sorted(found):
        if merged and starts_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends_at))
        else:
            merged.append((starts_at, ends_at))
    return merged
