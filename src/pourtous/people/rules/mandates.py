"""Mandates: how long, and what must never stand in one."""

import re
from datetime import date, timedelta

from pourtous.kernel.text import fold
from pourtous.people.enums import MandateLength
from pourtous.people.rules.deadlines import months_after

_MONTHS = {MandateLength.MONTH: 1, MandateLength.HALF: 6, MandateLength.YEAR: 12}
# Seven digits: the shortest number of a person's file (an allowance number); NIR and tax numbers have 13 to 15.
_NUMBER = re.compile(r"\d(?:[\s.\-_/]*[\dAB]){6,}", re.IGNORECASE)
_SECRETS = ("mot de passe", "mots de passe", "mdp", "password", "code secret", "code pin", "code confidentiel")
_IDENTIFIER = re.compile(r"\b(identifiants?|login|pseudo)\s*[:=]", re.IGNORECASE)


def ends_on(starts_on: date, length: str) -> date:
    """The first day on which a mandate no longer holds."""
    if length == MandateLength.DAY:
        return starts_on + timedelta(days=1)
    return months_after(starts_on, _MONTHS[MandateLength(length)])


def holds_number(text: str) -> bool:
    """Whether a text holds a number that looks like one of a person (NIR, tax, allowance…)."""
    return _NUMBER.search(text) is not None


def holds_secret(text: str) -> bool:
    """Whether a text speaks of a password, or gives an identifier."""
    words = f" {fold(text)} "
    return any(f" {one} " in words for one in _SECRETS) or _IDENTIFIER.search(text) is not None
