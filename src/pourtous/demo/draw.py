"""Chance that falls the same way each time."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Draw(random.Random):
    """Draws of one part of the demonstration: adding to one part changes nothing in another."""

    def __init__(self, part: str) -> None:
        super().__init__(f"demo/{part}")

    def weighed(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def several(self, weights: Mapping[T, float], count: int) -> list[T]:
        """So many different keys, the heavy ones more often."""
        left = dict(weights)
        found: list[T] = []
        while left and len(found) < count:
            found.append(self.weighed(left))
            del left[found[-1]]
        return found

    def some(self, rows: Sequence[T], count: int) -> list[T]:
        """So many different ones of a list, in the order drawn; all when there are fewer."""
        return self.sample(rows, min(count, len(rows)))

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both in."""
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def chance(self, share: float) -> bool:
        """Whether something that comes in this share of cases comes now."""
        return self.random() < share
