"""What a page without login keeps to itself: counts so small that one might know who they are."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")
LEAST_SHOWN = 11  # accompaniments: the threshold of official statistics for small counts (INSEE, secret statistique)


def suppressed(counts: Mapping[Key, int], least: int = LEAST_SHOWN) -> frozenset[Key]:
    """Which values of a breakdown are not shown.

    Those from 1 to `least` - 1; then, as the total is known, the smallest of the others as well until what is hidden is
    at least two values and at least `least` together: so that no hidden count follows from the shown ones. A count of 0
    is shown unless nothing else is left to hide.
    """
    small = {key for key, count in counts.items() if 0 < count < least}
    if not small:
        return frozenset()
    others = sorted((key for key, count in counts.items() if count >= least), key=lambda key: counts[key])
    empty = [key for key, count in counts.items() if count == 0]
    for key in [*others, *empty]:
        if len(small) > 1 and sum(counts[one] for one in small) >= least:
            break
        small.add(key)
    return frozenset(small)


def shown(counts: Mapping[Key, int], least: int = LEAST_SHOWN) -> dict[Key, int]:
    """The values that may be shown, in their order."""
    hidden = suppressed(counts, least)
    return {key: count for key, count in counts.items() if key not in hidden}
