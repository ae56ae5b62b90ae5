"""When people are written to by themselves: in the day, so that no telephone rings at night."""

from datetime import datetime, time, timedelta

from pourtous.kernel.clock import paris

FIRST_HOUR, LAST_HOUR = time(9), time(19)


def is_daytime(moment: datetime) -> bool:
    """Whether it is between nine and seven in the evening, on a clock in Paris."""
    return FIRST_HOUR <= paris(moment).time() < LAST_HOUR


def end_of_daytime(moment: datetime) -> datetime:
    """The hour after which what has not left today stays where it is."""
    here = paris(moment)
    return here.replace(hour=LAST_HOUR.hour, minute=0, second=0, microsecond=0) + timedelta(hours=1)
