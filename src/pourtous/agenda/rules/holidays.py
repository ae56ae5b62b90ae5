"""Days off: public holidays of metropolitan France, school holidays of a zone."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of a year (Code du travail, L3133-1)."""
    easter = easter_sunday(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday: days after Easter
    return frozenset(
        [*(date(year, month, day) for month, day in fixed), *(easter + timedelta(days=days) for days in moving)]
    )


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian rule (Meeus, Jones and Butcher)."""
    golden, century, year_in_century = year % 19, year // 100, year % 100
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    quarter, remainder = divmod(year_in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - remainder) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


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
def days_off(first: date, last: date, *, school: bool) -> Collection[date]:
    """The days from `first` to before `last` on which a pattern does not hold."""
    years = range(first.year, last.year + 1)
    off = frozenset[date]().union(*(public_holidays(year) for year in years))
    zone = settings.TERRITORY["school_zone"]
    return off.union(*(school_holidays(year, zone) for year in years)) if school else off
