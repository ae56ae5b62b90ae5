"""The days a page of figures is about, and the days it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pourtous.activities.rules.tally import first_of, month_after


class Preset(StrEnum):
    """Periods one chooses by name, as they stand in an address."""

    MONTH = "mois"
    LAST_MONTH = "mois-dernier"
    QUARTER = "trimestre"
    YEAR = "annee"
    TWELVE_MONTHS = "douze-mois"
    LAST_YEAR = "annee-derniere"
    ALL = "tout"
    DAYS = "jours"  # the first and the last day are said


Span = tuple[date, date]  # from the first day to the day after the last
ONE_DAY = timedelta(days=1)
_LONGEST_DAYS = 366 * 20


@dataclass(frozen=True)
class Period:
    """Days from `since` to the day before `until`, the last of them that is over or goes on (`last`).

    `before`: what it is compared with, None for nothing. A month, quarter or year that goes on is compared with as many
    days of the one before; a finished period with the one that comes just before it.
    """

    preset: Preset
    since: date
    until: date
    last: date
    before: Span | None


def period(preset: Preset, *, today: date, oldest: date, days: Span | None = None) -> Period:
    """A period by name. `oldest`: the first day there is anything to count; `days`: first and last day of `DAYS`."""
    if preset is Preset.DAYS and days is not None:
        return _chosen(days)
    if preset is Preset.ALL:
        since = min(first_of(oldest), first_of(today))
        return Period(preset, since, month_after(first_of(today)), today, None)
    since, until, months = _named(preset, today)
    if until <= today:
        return Period(preset, since, until, until - ONE_DAY, (shifted(since, -months), since))
    before = (shifted(since, -months), min(shifted(today, -months) + ONE_DAY, since))
    return Period(preset, since, until, today, before)


def _named(preset: Preset, today: date) -> tuple[date, date, int]:
    """First day, day after the last, and how many months one goes back to compare."""
    month = first_of(today)
    match preset:
        case Preset.LAST_MONTH:
            return shifted(month, -1), month, 1
        case Preset.QUARTER:
            return month.replace(month=(month.month - 1) // 3 * 3 + 1), month_after(month), 3
        case Preset.YEAR:
            return month.replace(month=1), month_after(month), 12
        case Preset.TWELVE_MONTHS:
            return shifted(month, -12), month, 12
        case Preset.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year, 1, 1), 12
        case _:
            return month, month_after(month), 1


def _chosen(days: Span) -> Period:
    """The days one said, in whichever order, at most twenty years; compared with as many just before."""
    first, last = sorted(days)
    first = max(first, last - timedelta(days=_LONGEST_DAYS))
    until = last + ONE_DAY
    return Period(Preset.DAYS, first, until, last, (_start_before(first, until), first))


def _start_before(first: date, until: date) -> date:
    if first == first_of(first) and until == first_of(until):
        return shifted(first, -((until.year - first.year) * 12 + until.month - first.month))
    return first - (until - first)


def shifted(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month when there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    month = date(count // 12, count % 12 + 1, 1)
    return min(month + timedelta(days=day.day - 1), month_after(month) - ONE_DAY)
