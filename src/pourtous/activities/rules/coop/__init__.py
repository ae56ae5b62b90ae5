"""La Coop's activities (version 2) as its spreadsheet writes them: labels, columns, one line a participant."""

from pourtous.activities.rules.coop.activity import CoopActivity, CoopPerson, marginals, people_of
from pourtous.activities.rules.coop.columns import COLUMNS, NAME, NOTES, SHEET, column_of
from pourtous.activities.rules.coop.lines import UnreadableError, lines_of, read_lines

__all__ = [
    "COLUMNS",
    "NAME",
    "NOTES",
    "SHEET",
    "CoopActivity",
    "CoopPerson",
    "UnreadableError",
    "column_of",
    "lines_of",
    "marginals",
    "people_of",
    "read_lines",
]
