"""One value of a file at a time: what it means, or why it cannot be kept. Pure functions.

Each takes text and returns `Value(kept, message)`: `kept` is empty when the text is dropped; `message` says what
was put right or why the text was dropped, and is empty when there is nothing to say.
"""

import html
import re
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

import opening_hours
import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from stdnum.fr import siret

from pourtous.kernel.geometry import Point, is_in_france
from pourtous.kernel.text import clean, clean_lines

EPOCHS = {date(1969, 12, 31), date(1970, 1, 1)}  # what a program writes when it does not know
EARLIEST = date(2000, 1, 1)
# Numbering plans by the first three digits of a postcode (metropolitan France: FR).
REGIONS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
# Country codes the standard admits.
_PHONE = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}")
_BETWEEN_PHONES = re.compile(r"\s*(?:[/|;,]|\bou\b)\s*")
_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+")
_INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}")
_PIVOT = re.compile(r"[A-Z0-9]{9,14}")  # SIRET, RNA, RIDET, as the standard writes it
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SITE = re.compile(r"(?:www\.)?[\w-]+(\.[\w-]+)*\.[a-zA-Z]{2,}(/\S*)?")
_is_url = URLValidator(schemes=["http", "https"])
_is_email = EmailValidator()


class Value(NamedTuple):
    """What to keep of a text, and what to say about it."""

    kept: str
    message: str = ""


class Position(NamedTuple):
    """What to keep of a latitude and a longitude, and what to say about them."""

    kept: Point | None
    message: str = ""


def _without_entities(text: str) -> str:
    """The text itself, when a web page gave it with `&amp;`, `&#39;`… A lone `&` of a web address stays."""
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


def tidy(text: str) -> str:
    """One clean line, without entities of HTML; what is already clean goes fast."""
    text = _without_entities(text)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return clean(text)


def line(text: str, longest: int) -> Value:
    """One line of text of a limited length."""
    kept = tidy(text)
    if len(kept) > longest:
        return Value("", _("Too long: at most %(count)s signs.") % {"count": longest})
    return Value(kept)


def lines(text: str, longest: int) -> Value:
    """Text of several lines of a limited length."""
    kept = clean_lines(_without_entities(text))
    if len(kept) > longest:
        return Value("", _("Too long: at most %(count)s signs.") % {"count": longest})
    return Value(kept)


def pivot(text: str) -> Value:
    """A SIRET, an RNA or a RIDET number; the all-zero stand-in for "unknown" is dropped."""
    kept = text.replace(" ", "").removesuffix(".0").upper()
    if not kept.strip("0"):
        return Value("", _("A number made of zeros stands for “unknown”: left empty."))
    if _SCIENTIFIC.fullmatch(kept):
        return Value("", _("A spreadsheet has rounded this number: format the column as text."))
    if kept.isdigit() and len(kept) == 13 and siret.is_valid("0" + kept):  # noqa: PLR2004
        return Value("0" + kept, _("The first zero was missing: put back."))
    if len(kept) == 14 and kept.isdigit() and not siret.is_valid(kept):  # noqa: PLR2004
        return Value(kept, _("The control digit of this SIRET is wrong. Kept as it is: check it."))
    if _PIVOT.fullmatch(kept):
        return Value(kept)
    return Value("", _("This is not a SIRET, RNA or RIDET number."))


def postcode(text: str) -> Value:
    """Five digits; a first zero lost by a spreadsheet is put back."""
    kept = text.replace(" ", "").removesuffix(".0")
    if kept.isascii() and kept.isdigit() and len(kept) == 4:  # noqa: PLR2004
        return Value("0" + kept, _("The first zero was missing: put back."))
    if kept.isascii() and kept.isdigit() and len(kept) == 5:  # noqa: PLR2004
        return Value(kept)
    return Value("", _("A postcode has five digits."))


def insee(text: str) -> Value:
    """The code of a commune; a first zero lost by a spreadsheet is put back."""
    kept = text.replace(" ", "").removesuffix(".0").upper()
    if _INSEE.fullmatch(kept) and kept.isascii():
        return Value(kept)
    if len(kept) == 4 and _INSEE.fullmatch("0" + kept):  # noqa: PLR2004
        return Value("0" + kept, _("The first zero was missing: put back."))
    return Value("", _("This is not the code of a commune."))


def region(code: str) -> str:
    """The telephone region of a postcode or of a commune's code."""
    return REGIONS.get(code[:3], "FR")


def phone(text: str, area: str) -> Value:
    """One French telephone number, as +33465713400; `area` is the telephone region of the place."""
    first, *others = _BETWEEN_PHONES.split(text.strip(), maxsplit=1)
    message = _("Only the first number is kept.") if others else ""
    digits = re.sub(r"[^\d+]", "", first.replace("(0)", ""))
    if len(digits) == 9 and digits[0] in "1234567":  # noqa: PLR2004
        digits, message = "0" + digits, _("The first zero was missing: put back.")
    elif digits.startswith("33") and len(digits) == 11:  # noqa: PLR2004
        digits = "+" + digits
    kept = _e164(digits, area)
    return Value(kept, message) if kept else Value("", _("No such French telephone number."))


@lru_cache(maxsize=1 << 16)
def _e164(digits: str, area: str) -> str:
    try:
        number = phonenumbers.parse(digits, area)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return kept if _PHONE.fullmatch(kept) else ""


def email(text: str) -> Value:
    """One e-mail address."""
    kept = tidy(text).removeprefix("mailto:")
    try:
        _is_email(kept)
    except ValidationError:
        return Value("", _("This is not an e-mail address."))
    return Value(kept)


def url(text: str, longest: int = 500) -> Value:
    """One address of the web; `https://` is put before a bare name."""
    kept, message = tidy(text), ""
    if _SITE.fullmatch(kept):
        kept, message = f"https://{kept}", _("“https://” was missing: put before.")
    try:
        _is_url(kept)
    except ValidationError:
        return Value("", _("This is not a web address."))
    if len(kept) > longest:
        return Value("", _("Too long: at most %(count)s signs.") % {"count": longest})
    return Value(kept, message)


def hours(text: str, longest: int = 1000) -> Value:
    """Opening hours in OpenStreetMap's syntax."""
    kept = tidy(text)
    if len(kept) > longest:
        return Value("", _("Too long: at most %(count)s signs.") % {"count": longest})
    if not _are_hours(kept):
        return Value("", _("These opening hours cannot be understood."))
    return Value(kept)


@lru_cache(maxsize=1 << 14)
def _are_hours(text: str) -> bool:
    return bool(opening_hours.validate(text))


def day(text: str, today: date) -> Value:
    """A date of update as YYYY-MM-DD; dates no file can mean (epoch, before 2000, future) are dropped."""
    found = _date(tidy(text))
    if found is None:
        return Value("", _("This is not a date. Write it as 2026-11-23."))
    if found in EPOCHS or found < EARLIEST:
        return Value("", _("This date stands for “unknown”: left empty."))
    if found > today:
        return Value("", _("This date is in the future."))
    return Value(found.isoformat())


def _date(text: str) -> date | None:
    try:
        if match := _ISO_DATE.fullmatch(text):
            return date(*(int(part) for part in match.groups()))
        if match := _FRENCH_DATE.fullmatch(text):
            return date(*(int(part) for part in reversed(match.groups())))
    except ValueError:
        pass
    return None


def position(latitude: str, longitude: str) -> Position:
    """A point in France; exchanged coordinates are put right, impossible ones dropped."""
    lat, lon = _degrees(latitude), _degrees(longitude)
    if lat is None or lon is None:
        return Position(None, _("Latitude and longitude must be two numbers, such as 43.6 and 3.9."))
    if lat == 0 and lon == 0:
        return Position(None, _("The position 0, 0 stands for “unknown”: left empty."))
    if is_in_france(Point(lat, lon)):
        return Position(Point(lat, lon))
    if is_in_france(Point(lon, lat)):
        return Position(Point(lon, lat), _("Latitude and longitude were exchanged: put right."))
    return Position(None, _("This position is not in France."))


def _degrees(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None
