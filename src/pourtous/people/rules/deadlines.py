"""When a request must be answered, and when a file goes.

GDPR article 12.3: one month from receipt, three when the person was told why within that month. Months are those of
Regulation (EEC, Euratom) 1182/71, article 3: the period ends with the day of the same number as the day of receipt, or
with the last day of the month when there is none; when that is a Saturday, a Sunday or a public holiday, with the next
working day.
"""

import calendar
from datetime import date, timedelta

from pourtous.kernel.holidays import is_working_day

ANSWER_MONTHS = 1
EXTENDED_MONTHS = 3
KEPT_YEARS = 2
NOTICE = timedelta(days=30)


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later (before, when negative); the last of that month when none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(received: date, *, extended: bool = False) -> date:
    """The last day to answer a request received on this day."""
    day = months_after(received, EXTENDED_MONTHS if extended else ANSWER_MONTHS)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def goes_on(last_contact: date) -> date:
    """The day from which a file may go: two years after the last contact."""
    return months_after(last_contact, 12 * KEPT_YEARS)


def told_on(last_contact: date) -> date:
    """The day on which the person is told that it will."""
    return goes_on(last_contact) - NOTICE


def silent_since(today: date) -> date:
    """The latest last contact of files that may go today: the inverse of `goes_on`, 29 February included."""
    day = months_after(today, -12 * KEPT_YEARS)
    if (today.month, today.day) == (2, 28) and calendar.isleap(day.year):
        return date(day.year, 2, 29)
    return day
