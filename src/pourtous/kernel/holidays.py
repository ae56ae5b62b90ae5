"""Public holidays of metropolitan France and working days, for legal time limits."""

from datetime import date, timedelta
from functools import lru_cache

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)  # days: Easter Monday, Ascension, Whit Monday
_SATURDAY = 5


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of a year (Code du travail, article L3133-1)."""
    easter = easter_sunday(year)
    moving = (easter + timedelta(days=days) for days in _AFTER_EASTER)
    return frozenset([*(date(year, month, day) for month, day in _FIXED), *moving])


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian rule (Gauss, with Butcher's corrections)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(century * 100 + in_century, month, days + 28 - 31 * (month // 4))


def is_working_day(day: date) -> bool:
    """Neither Saturday, nor Sunday, nor a public holiday (Regulation 1182/71, article 2.2)."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)
