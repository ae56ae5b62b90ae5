"""What a campaign may come to, before it opens: persons, books, cost by funder, under several rates of use.

The real national scheme used about 15 % of what was bought (an order of magnitude, from what the operator says it paid
on since 2018 beside the passes bought); one person in two is what a first session booked at hand-over should bring.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pourtous.passes.rules.shares import Line, split

RATES = (15, 50, 100)  # per cent of passes used


@dataclass(frozen=True)
class Scenario:
    """So many per cent of the passes are used: `cents` in all, and each funder's `parts` of them."""

    rate: int
    passes: int
    cents: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Simulation:
    """`books` the budget pays for, for so many `persons` at most."""

    books: int
    passes: int
    persons: int
    scenarios: tuple[Scenario, ...]


def simulate(
    *, budget: int, face_value: int, passes_per_book: int, books_per_person: int, lines: Sequence[Line]
) -> Simulation:
    """Cents; `lines` of the plan in force, none when there is none yet."""
    books = budget // (face_value * passes_per_book)
    passes = books * passes_per_book
    return Simulation(
        books=books,
        passes=passes,
        persons=books // books_per_person if books_per_person else 0,
        scenarios=tuple(_scenario(rate, passes, face_value, lines) for rate in RATES),
    )


def _scenario(rate: int, passes: int, face_value: int, lines: Sequence[Line]) -> Scenario:
    used = passes * rate // 100
    cents = used * face_value
    return Scenario(rate, used, cents, tuple(split(cents, lines, face_value=face_value)) if lines else ())
