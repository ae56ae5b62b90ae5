"""What an envelope may bear."""

from collections.abc import Iterable

from pourtous.kernel.text import clean

MOST_LINES = 6
LEAST_LINES = 2
LINE_LENGTH = 38  # of a French postal address (AFNOR NF Z 10-011)
MOST_BYTES = 5 << 20  # of what is enclosed


def address_lines(lines: Iterable[str]) -> list[str]:
    """The lines of an envelope, trimmed, without those that are empty."""
    return [line for one in lines if (line := clean(one))]
