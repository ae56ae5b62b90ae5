from datetime import date

import pytest

from pourtous.kernel.holidays import easter_sunday, is_working_day, public_holidays


@pytest.mark.parametrize(
    "day", [date(2000, 4, 23), date(2008, 3, 23), date(2024, 3, 31), date(2026, 4, 5), date(2038, 4, 25)]
)
def test_easter(day):
    assert easter_sunday(day.year) == day


def test_eleven_days_a_year():
    assert len(public_holidays(2026)) == 11
    assert date(2026, 5, 14) in public_holidays(2026)  # Ascension


@pytest.mark.parametrize(
    ("day", "works"),
    [(date(2026, 11, 23), True), (date(2026, 11, 21), False), (date(2026, 11, 22), False), (date(2026, 11, 11), False)],
)
def test_working_days(day, works):
    assert is_working_day(day) is works
