"""Telephone numbers as people say them, kept in one form (E.164: "+33639980000")."""

import re

import phonenumbers

from pourtous.kernel.text import clean

_MOBILE = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})
_OVERSEAS = (
    "FR",
    "RE",
    "GP",
    "MQ",
    "GF",
    "YT",
    "PM",
)  # national numbers of the overseas départements are written alike
# Ranges are opened faster than the library learns of them; the numbering plan itself does not change.
_METROPOLITAN = re.compile(r"\+33[1-9]\d{8}")
_METROPOLITAN_MOBILE = re.compile(r"\+33[67]\d{8}")


def read_phone(text: str) -> str | None:
    """The number in one form; "" when nothing was said, None when it cannot be a number."""
    wanted = clean(text)
    if not wanted:
        return ""
    found = [number for region in _OVERSEAS if (number := _parsed(wanted, region)) is not None]
    for number in found:
        if phonenumbers.is_valid_number(number):
            return _e164(number)
    return next((kept for number in found if _METROPOLITAN.fullmatch(kept := _e164(number))), None)


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether a number kept by `read_phone` can receive a text message."""
    if _METROPOLITAN_MOBILE.fullmatch(number):
        return True
    parsed = _parsed(number, "FR") if number else None
    return parsed is not None and phonenumbers.number_type(parsed) in _MOBILE
