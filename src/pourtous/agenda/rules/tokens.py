"""What opens an appointment to who booked it: the secret of the link, or what only they know besides the code."""

from typing import Any, Protocol

from django.utils.crypto import constant_time_compare, salted_hmac

from pourtous.kernel.ids import ALPHABET
from pourtous.kernel.text import fold

_SALT = "agenda.appointment.link"
LENGTH = 8
_LETTERS, _DIGITS = 2, 4


class Coded(Protocol):
    """A row with a code one comes back with: an appointment, somebody who waits."""

    code: Any

    @property
    def pk(self) -> Any:
        """Its key."""


def token_of(row: Coded) -> str:
    """Eight letters nobody can work out without the key of this installation: 40 bits."""
    digest = salted_hmac(_SALT, str(row.pk), algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def key_of(row: Coded) -> str:
    """Code and token as an address holds them."""
    return f"{row.code}{token_of(row)}"


def is_token(row: Coded, token: str) -> bool:
    """Whether this is the secret of the link."""
    return constant_time_compare(token_of(row), token)


def knows(said: str, *, first_name: str, phone: str) -> bool:
    """Whether somebody says the first letters of the first name, or the last four digits of the phone (E.164)."""
    name, letters = fold(first_name), fold(said)
    digits = "".join(letter for letter in said if letter.isdigit())
    if len(digits) >= _DIGITS:
        return bool(phone) and constant_time_compare(phone[-_DIGITS:], digits[-_DIGITS:])
    return bool(name) and len(letters) >= min(_LETTERS, len(name)) and name.startswith(letters)
