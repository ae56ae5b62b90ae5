"""Cutting open time into slots."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pourtous.agenda.rules.occupied_time import TICK_MINUTES, Span


def ticks_in(minutes: int) -> int:
    """How many ticks a number of minutes touches."""
    return -(-minutes // TICK_MINUTES)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            if last > found[-1][1]:
                found[-1] = (found[-1][0], last)
        elif first < last:
            found.append((first, last))
    return found


def gaps(span: Span, busy: Sequence[Span]) -> Iterator[Span]:
    """What is free of a span. `busy` is as `merged` gives it. A gap may end after the span does: at the next busy tick.

    So a rest may run over the end of the opening hours, never into what is taken.
    """
    start, end = span
    for at in range(max(bisect_right(busy, (start, start)) - 1, 0), len(busy)):
        first, last = busy[at]
        if last <= start:
            continue
        if start < first:
            yield start, first
        start = last
        if start >= end:
            return
    if start < end:
        yield start, _NEVER


_NEVER = 1 << 40


def cut(span: Span, busy: Sequence[Span], *, length: int, rest: int = 0) -> Iterator[int]:
    """First ticks of the slots in a span: from its start, then right after what is taken, so that no gap is lost.

    `length` and `rest` are in ticks. A slot lies in the span and touches no busy tick; neither does its rest, which
    may run over the end of the span. Where slots begin does not hang on the hour at which one asks.
    """
    for first, last in gaps(span, busy):
        yield from range(first, min(span[1] - length, last - length - rest) + 1, length + rest)


def is_free(span: Span, busy: Sequence[Span]) -> bool:
    """Whether no busy tick is in the span. `busy` is as `merged` gives it."""
    at = bisect_right(busy, (span[0], _NEVER))
    return not ((at and busy[at - 1][1] > span[0]) or (at < len(busy) and busy[at][0] < span[1]))


class Slot(NamedTuple):
    """Where and when somebody can be met, and by which mediators."""

    starts_at: datetime
    ends_at: datetime
    kind_id: UUID
    mode: str
    place_id: UUID | None
    resource_ids: tuple[UUID, ...]
    distance_m: float | None = None
