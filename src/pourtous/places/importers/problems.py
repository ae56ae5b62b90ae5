"""What an import has to say about a file: one problem a value, in words its owner can act on."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What a problem led to."""

    ERROR = "error"  # the row is rejected
    WARNING = "warning"  # the value is dropped, or put right
    DIFFERENCE = "difference"  # the place's manager says something else, which stands
    NOTE = "note"  # worth knowing: a column we do not read, a row no longer there


class Problem(NamedTuple):
    """One thing to say: the row (1 is the first after the header; None: the whole file), its id, the column, the value.

    `value` is cut at 200 signs: the file has the rest.
    """

    row: int | None
    id: str
    field: str
    value: str
    message: str
    severity: Severity


LONGEST_VALUE = 200


def problem(field: str, value: str, message: str, severity: Severity = Severity.WARNING) -> Problem:
    """A problem whose row is not yet known."""
    return Problem(None, "", field, value[:LONGEST_VALUE], message, severity)
