"""Figures that add up."""

from collections.abc import Sequence


def shares(counts: Sequence[int]) -> list[int]:
    """Whole percentages that add to exactly 100, by largest remainder; all 0 when there is nothing to share.

    Of two equal remainders the larger count gets the point, then the first. ValueError for a negative count.
    """
    if any(count < 0 for count in counts):
        msg = "a count below zero"
        raise ValueError(msg)
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    whole = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda n: (-(100 * counts[n] % total), -counts[n], n))
    for n in by_remainder[: 100 - sum(whole)]:
        whole[n] += 1
    return whole
