"""School holidays of a zone, as help beside the grid: dates are copied by people into exceptions, never guessed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException


@dataclass(frozen=True)
class SchoolHoliday:
    """One period: its French name, first and last day, both in."""

    name: str
    first: date
    last: date


@lru_cache(maxsize=16)
def school_holidays(day: date, zone: str = "C") -> tuple[SchoolHoliday, ...]:
    """The periods of the twelve months from `day` on. Source: open data of the ministry, by the library."""
    days: dict[date, dict[str, Any]] = {}
    for year in (day.year, day.year + 1):
        try:
            days |= SchoolHolidayDates().holidays_for_year_and_zone(year, zone)
        except UnsupportedYearException:
            continue
    found: list[SchoolHoliday] = []
    for one, about in sorted(days.items()):
        if not day <= one < day + timedelta(days=365):
            continue
        if found and found[-1].last == one - timedelta(days=1) and found[-1].name == about["nom_vacances"]:
            found[-1] = SchoolHoliday(found[-1].name, found[-1].first, one)
        else:
            found.append(SchoolHoliday(about["nom_vacances"], one, one))
    return tuple(found)
