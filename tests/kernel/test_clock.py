from datetime import UTC, date, datetime

import pytest
import time_machine

from pourtous.kernel import clock


def test_moments_are_utc_and_days_those_of_paris():
    with time_machine.travel(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
        assert clock.today() == date(2026, 7, 1)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        clock.paris(datetime(2026, 6, 30))  # noqa: DTZ001 (what is refused)
