"""What a text message may hold, what it costs, and to whom it may go."""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers

# GSM 03.38: the basic alphabet, then what takes two places of it.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
GSM_ALONE, GSM_JOINED = 160, 153
UCS2_ALONE, UCS2_JOINED = 70, 67
MOST_SEGMENTS = 6

# What a telephone shows as well in its own way.
_HARMLESS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("–—‑−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2003\t", " "),
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "•": "-",
    }
)
_QUOTES = re.compile(r"«\s*|\s*»")
_OVERSEAS = ("RE", "YT", "GP", "MQ", "GF", "PM")
_PLAN = frozenset({33, 262, 508, 590, 594, 596})
# Numbers set aside for works of fiction: no operator has them, demonstrations may.
_FICTION = re.compile(r"\+33(?:19900|26191|35301|46571|53649|63998)\d{4}")
_REACHED = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        phonenumbers.PhoneNumberType.VOIP,
    }
)


class Written(NamedTuple):
    """A text as it will travel, and in how many parts it is paid."""

    text: str
    segments: int


def prepare(text: str) -> Written:
    """Put a text in the cheaper alphabet (GSM-7) where that loses nothing important.

    Apostrophes, quotes, dashes, spaces and œ always change. Accents that the alphabet lacks (ê, ç, À) are kept when
    that costs no further part, else dropped. What is left then (Arabic, emoji) keeps the whole text as it is.
    """
    tidy = _tidy(text)
    plain = "".join(map(_without_accent, tidy))
    if not is_gsm(tidy) and is_gsm(plain) and segments(plain) < segments(tidy):
        tidy = plain
    return Written(tidy, segments(tidy))


def _tidy(text: str) -> str:
    lines = _QUOTES.sub('"', unicodedata.normalize("NFC", text)).translate(_HARMLESS).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _without_accent(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    bare = unicodedata.normalize("NFD", character)[0]
    return bare if bare in _BASIC else character


def is_gsm(text: str) -> bool:
    """Whether every character has its place in GSM-7."""
    return all(c in _BASIC or c in _EXTENDED for c in text)


def segments(text: str) -> int:
    """In how many parts a text is sent and paid: 160 then 153 places in GSM-7; 70 then 67 otherwise; 0 when empty."""
    if is_gsm(text):
        sizes = [2 if c in _EXTENDED else 1 for c in text]
        return _parts(sizes, GSM_ALONE, GSM_JOINED)
    sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]  # noqa: PLR2004 (what UTF-16 writes as a pair)
    return _parts(sizes, UCS2_ALONE, UCS2_JOINED)


def _parts(sizes: list[int], alone: int, joined: int) -> int:
    """A character of two places is never cut between two parts."""
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts


def french_number(written: str) -> str:
    """A French number that may get a text message, as E.164 ("+33639981204"); "" when it is none.

    Mobile, fixed and overseas numbers; neither foreign, short, free nor paid ones.
    """
    for region in ("FR", *_OVERSEAS):
        number = _parsed(written, region)
        if number is None:
            return ""
        wholly = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if _FICTION.fullmatch(wholly):
            return wholly
        if (
            number.country_code in _PLAN
            and phonenumbers.is_valid_number(number)
            and phonenumbers.number_type(number) in _REACHED
        ):
            return wholly
    return ""


def _parsed(written: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    return None if number.extension else number


def masked(number: str) -> str:
    """A number for logs: only its country and its end ("+33…04")."""
    return f"{number[:3]}…{number[-2:]}" if len(number) > 5 else "…"  # noqa: PLR2004
