"""When to try again, and what an address or a subject may hold."""

from datetime import timedelta

from pourtous.kernel.text import clean, shorten

MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)
SUBJECT_LENGTH = 200


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts: 1, 4, 16, 64 minutes…; None: give up (after eight, 15 days)."""
    return None if attempts >= MOST_ATTEMPTS else _FIRST_WAIT * 4 ** (attempts - 1)


def one_line(text: str) -> str:
    """A subject: one line, so that no header can be smuggled in."""
    return shorten(clean(text.replace("\r", " ").replace("\n", " ")), SUBJECT_LENGTH)
