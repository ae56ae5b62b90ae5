"""Dates of the movable feasts as calendars print them."""

from datetime import date

import pytest

from pourtous.agenda.rules.holidays import days_off, is_public_holiday, school_holidays
from pourtous.kernel.holidays import public_holidays

# Easter Monday, Ascension, Whit Monday.
PUBLISHED = {
    2020: ("04-13", "05-21", "06-01"),
    2021: ("04-05", "05-13", "05-24"),
    2022: ("04-18", "05-26", "06-06"),
    2023: ("04-10", "05-18", "05-29"),
    2024: ("04-01", "05-09", "05-20"),
    2025: ("04-21", "05-29", "06-09"),
    2026: ("04-06", "05-14", "05-25"),
    2027: ("03-29", "05-06", "05-17"),
    2028: ("04-17", "05-25", "06-05"),
    2029: ("04-02", "05-10", "05-21"),
    2030: ("04-22", "05-30", "06-10"),
    2031: ("04-14", "05-22", "06-02"),
    2032: ("03-29", "05-06", "05-17"),
    2033: ("04-18", "05-26", "06-06"),
    2034: ("04-10", "05-18", "05-29"),
    2035: ("03-26", "05-03", "05-14"),
    2038: ("04-26", "06-03", "06-14"),  # the latest Easter of the century: 25 April
}
FIXED = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_public_holidays_of_a_year(year):
    assert public_holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in (*FIXED, *PUBLISHED[year])}


def test_alsace_has_days_that_we_have_not():
    assert not is_public_holiday(date(2026, 4, 3))
    assert not is_public_holiday(date(2026, 12, 26))


def test_school_holidays_of_the_zone():
    assert date(2025, 12, 25) in school_holidays(2025, "C")
    assert date(2025, 12, 10) not in school_holidays(2025, "C")
    assert school_holidays(2099, "C") == frozenset()


def test_days_off_cross_the_year():
    off = days_off(date(2025, 12, 20), date(2026, 1, 10))
    assert {date(2025, 12, 25), date(2026, 1, 1)} <= set(off)
    assert date(2025, 12, 29) not in off
    assert date(2025, 12, 29) in days_off(date(2025, 12, 20), date(2026, 1, 10), school_zone="C")
