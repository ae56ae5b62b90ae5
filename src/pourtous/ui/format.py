"""How a number, a day, an hour and a distance are written for people: French forms in French, English in English."""

from datetime import date, datetime, time
from decimal import Decimal

import phonenumbers
from django.utils import formats, translation

from pourtous.kernel.clock import paris

NBSP = "\u00a0"
_KM = 1000
_WHOLE_KM = 10_000
# Country codes of the French numbering plan, overseas included: written the French way everywhere.
_FRENCH_PLAN = frozenset({33, 262, 508, 590, 594, 596})


def is_french() -> bool:
    """Whether the page is in French."""
    return (translation.get_language() or "fr").startswith("fr")


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return None


def phone(number: str) -> str:
    """A telephone number in pairs ("04 65 71 20 10"); abroad, in the international form; unreadable, as it came."""
    parsed = _parsed(number)
    if parsed is None:
        return number
    style = phonenumbers.PhoneNumberFormat
    inside = parsed.country_code in _FRENCH_PLAN
    return phonenumbers.format_number(parsed, style.NATIONAL if inside else style.INTERNATIONAL)


def phone_address(number: str) -> str:
    """The `tel:` address of a number, short numbers included."""
    parsed = _parsed(number)
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")
    return "tel:" + phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def distance(metres: float) -> str:
    """A distance as one says it: to 50 m up to a kilometre, to 100 m up to ten, then whole kilometres."""
    if metres < _KM - 25:
        amount = f"{max(50, round(metres / 50) * 50)}{NBSP}m"
    else:
        km = round(metres / _KM, 0 if metres >= _WHOLE_KM else 1)
        amount = f"{formats.number_format(km, 0 if km == int(km) else 1)}{NBSP}km"
    return f"à {amount}" if is_french() else f"{amount} away"


def day(value: date | datetime, *, year: bool = False) -> str:
    """A day with its name: "lundi 23 novembre", "dimanche 1er novembre"; "Monday 23 November"."""
    if isinstance(value, datetime):
        value = paris(value).date() if value.tzinfo else value.date()
    number = "1er" if value.day == 1 and is_french() else str(value.day)
    text = f"{formats.date_format(value, 'l')} {number} {formats.date_format(value, 'F')}"
    return f"{text} {value.year}" if year else text


def hour(value: time | datetime) -> str:
    """An hour: "17 h", "9 h 30"; in English "5 pm", "9:30 am"."""
    if isinstance(value, datetime):
        value = paris(value).time() if value.tzinfo else value.time()
    if is_french():
        return f"{value.hour}{NBSP}h" + (f"{NBSP}{value.minute:02}" if value.minute else "")
    half = "am" if value.hour < 12 else "pm"  # noqa: PLR2004 (noon)
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{NBSP}{half}"


def date_in_full(value: date | datetime) -> str:
    """A date as letters say it: "23 novembre 2026", "1er mars 2027"; "23 November 2026"."""
    return day(value, year=True).split(" ", 1)[1]


def number(value: float) -> str:
    """A number with its thousands apart ("158 400"), one decimal at most ("12,5"), none for a whole one."""
    rounded = round(value, 1)
    places = 0 if rounded == int(rounded) else 1
    return str(formats.number_format(int(rounded) if places == 0 else rounded, places, force_grouping=True))


def euros(cents: int, *, short: bool = False) -> str:
    """Cents as an amount: "1 234,50 €" in French, "€1,234.50" in English. Short, in a sentence: "10 €" for a whole one."""
    digits = 0 if short and cents % 100 == 0 else 2
    amount = formats.number_format(Decimal(abs(cents)) / 100, digits, force_grouping=True)
    sign = "−" if cents < 0 else ""
    return f"{sign}{amount}{NBSP}€" if is_french() else f"{sign}€{amount}"
