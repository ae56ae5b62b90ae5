"""How an amount is shared between funders: by largest remainder on the cumulated amount, so that nothing drifts.

A split is a function of the whole that stands in an account, not of each pass: what a movement gives each funder is the
split of the whole after it, less what each has. At any ratio and in any order, each funder is within one cent of its
exact part, and the parts always sum to the whole.

A line has a rate of the whole, or an amount a pass; one line of a plan, and only one, takes the rest. What exceeds a
line's ceiling goes to the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 10_000  # rates are hundredths of a per cent


@dataclass(frozen=True)
class Line:
    """One funder's part: `rate` (hundredths of a per cent) or `amount` (cents a pass); neither: takes the rest."""

    rate: int | None = None
    amount: int | None = None
    ceiling: int | None = None  # cents, of all it gives under this line

    @property
    def takes_rest(self) -> bool:
        """Whether the line has no part of its own."""
        return self.rate is None and self.amount is None


def problem(lines: Sequence[Line], *, face_value: int) -> str | None:
    """Why these lines are no plan, as a word of ours; None when they are one."""
    if sum(line.takes_rest for line in lines) != 1:
        return "rest"
    if any(line.rate is not None and line.amount is not None for line in lines):
        return "both"
    if any(line.takes_rest and line.ceiling is not None for line in lines):
        return "ceiling of the rest"
    if any(not 0 < (line.rate or 1) <= WHOLE or not 0 < (line.amount or 1) <= face_value for line in lines):
        return "part"
    rated = sum(line.rate or 0 for line in lines)
    fixed = sum(line.amount or 0 for line in lines)
    return "too much" if rated * face_value + fixed * WHOLE > WHOLE * face_value else None


def split(total: int, lines: Sequence[Line], *, face_value: int) -> list[int]:
    """The parts, in cents, of a whole of `total` cents: they sum to it. ValueError below zero, or when it is no plan.

    `total` need not be a multiple of the face value; an amount a pass then counts in proportion.
    """
    if total < 0 or problem(lines, face_value=face_value):
        msg = f"{total} cents cannot be shared so"
        raise ValueError(msg)
    rest = next(number for number, line in enumerate(lines) if line.takes_rest)
    scale = WHOLE * face_value
    quotas = [total * ((line.rate or 0) * face_value + (line.amount or 0) * WHOLE) for line in lines]
    quotas[rest] = total * scale - sum(quotas)
    parts = [quota // scale for quota in quotas]
    left = total - sum(parts)
    by_remainder = sorted(range(len(lines)), key=lambda number: (-(quotas[number] % scale), number))
    for number in by_remainder[:left]:
        parts[number] += 1
    return _under_ceilings(parts, lines, rest)


def _under_ceilings(parts: list[int], lines: Sequence[Line], rest: int) -> list[int]:
    for number, line in enumerate(lines):
        over = 0 if line.ceiling is None else max(0, parts[number] - line.ceiling)
        parts[number] -= over
        parts[rest] += over
    return parts
