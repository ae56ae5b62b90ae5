"""Ticks: five minutes, numbered from 1970 (UTC). The wall clock may jump, ticks do not."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from pourtous.kernel.clock import PARIS

TICK_SECONDS = 300
TICK_MINUTES = 5
DAY_TICKS = 288
LONGEST = timedelta(hours=20)  # of a booking: who looks for what goes on at a moment looks back no further
Span = tuple[int, int]  # ticks, half-open


def tick_of(moment: datetime) -> int:
    """The tick in which a moment falls."""
    return int(moment.timestamp()) // TICK_SECONDS


def tick_from(moment: datetime) -> int:
    """The first tick that begins at this moment or after."""
    return -(-int(moment.timestamp()) // TICK_SECONDS)


def moment_of(tick: int) -> datetime:
    """When a tick begins (UTC)."""
    return datetime.fromtimestamp(tick * TICK_SECONDS, tz=UTC)


def span_of(starts_at: datetime, ends_at: datetime) -> Span:
    """The ticks touched by a half-open period of time."""
    return tick_of(starts_at), tick_from(ends_at)


def is_on_tick(moment: datetime) -> bool:
    """Whether a moment is the beginning of a tick."""
    return moment.microsecond == 0 and int(moment.timestamp()) % TICK_SECONDS == 0


def on_clock(day: date, hour: time) -> datetime:
    """The moment (UTC) when a clock in Paris shows this hour on this day.

    An hour that does not exist (night of March) is the moment of the jump; of one that comes twice (night of
    October) it is the first.
    """
    shown = datetime.combine(day, hour, PARIS)
    moment = shown.astimezone(UTC)
    if moment.astimezone(PARIS).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return moment
    moment = moment_of(tick_of(moment))
    while _offset(moment - timedelta(seconds=TICK_SECONDS)) == _offset(moment):
        moment -= timedelta(seconds=TICK_SECONDS)
    return moment


def _offset(moment: datetime) -> timedelta | None:
    return moment.astimezone(PARIS).utcoffset()


@lru_cache(maxsize=4096)
def day_span(day: date) -> Span:
    """The ticks of a day in Paris, midnight to midnight: 276, 288 or 300."""
    return tick_of(on_clock(day, time())), tick_of(on_clock(day + timedelta(days=1), time()))


def hours_on(day: date, starts: time, ends: time) -> Span:
    """The whole ticks between two hours of a day in Paris; empty (first == last) when the hours do not exist."""
    first, last = day_span(day)
    if last - first == DAY_TICKS:
        return first - (-_minutes(starts) // TICK_MINUTES), first + _minutes(ends) // TICK_MINUTES
    return tick_from(on_clock(day, starts)), tick_of(on_clock(day, ends))


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
