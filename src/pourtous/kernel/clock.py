"""The only source of "now": moments are UTC, days are those of Europe/Paris."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in Paris."""
    return paris(now()).date()


def paris(moment: datetime) -> datetime:
    """The same moment on a clock in Paris; a naive moment is a programming error."""
    if moment.tzinfo is None:
        msg = "a moment without a time zone"
        raise ValueError(msg)
    return moment.astimezone(PARIS)
