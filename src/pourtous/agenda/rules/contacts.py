"""How somebody without file is reached: an e-mail as typed, put straight or refused; what tells one contact again.

Telephones are read by `people.rules.phones`.
"""

from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from pourtous.kernel.text import clean, fold

_KEY = "agenda.registration"


class Somebody(Protocol):
    """Who comes: a person with a file, or a first name and one way to reach them."""

    @property
    def person(self) -> Any:
        """Their file."""

    @property
    def first_name(self) -> str:
        """How to call them."""

    @property
    def phone(self) -> str:
        """As typed."""

    @property
    def email(self) -> str:
        """As typed."""

    @property
    def language(self) -> str:
        """What to write to them in."""


def read_email(text: str) -> str | None:
    """An e-mail address in lower case; "" for an empty text, None for what is none."""
    wanted = clean(text).lower()
    if not wanted:
        return ""
    try:
        validate_email(wanted)
    except ValidationError:
        return None
    return wanted


def contact_key(phone: str, email: str, first_name: str) -> str:
    """What tells that the same person registers again: keyed, so that the column alone reveals nobody.

    The first name counts: a mother may register two children with one phone. "" without any contact.
    """
    contact = phone or email
    if not contact:
        return ""
    return salted_hmac(_KEY, f"{contact}|{fold(first_name)}", algorithm="sha256").hexdigest()
