"""Days off: public holidays of metropolitan France, school holidays of a zone."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from pourtous.kernel.holidays import public_holidays


def is_public_holiday(day: date) -> bool:
    """Whether nobody works on this day by law."""
    return day in public_holidays(day.year)


@lru_cache(maxsize=64)
def school_holidays(year: int, zone: str) -> frozenset[date]:
    """The days of school holidays of a year; none when the ministry has not published them yet."""
    try:
        return frozenset(SchoolHolidayDates().holidays_for_year_and_zone(year, zone))
    except UnsupportedYearException:
        return frozenset()


@lru_cache(maxsize=64)
def days_off(first: date, last: date, *, school_zone: str = "") -> Collection[date]:
    """The days from `first` to before `last` on which a pattern does not hold; with a zone, school holidays too."""
    years = range(first.year, last.year + 1)
    off = frozenset[date]().union(*(public_holidays(year) for year in years))
    return off.union(*(school_holidays(year, school_zone) for year in years)) if school_zone else off
