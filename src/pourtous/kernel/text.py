"""Text as people write it, put in shape for storing, comparing and showing."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ẞ": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "’": "'",
        "ʼ": "'",
    }
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """One line of text without control, invisible or bidirectional marks, composed (NFC), trimmed."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """Like `clean`, keeping line breaks: for descriptions and notes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c if c == "\n" or unicodedata.category(c) not in _INVISIBLE else _replacement(c) for c in text)
    composed = unicodedata.normalize("NFC", kept)  # last: what stood between a letter and its accent is gone
    return "\n".join(" ".join(line.split()) for line in composed.split("\n")).strip()


def _replacement(character: str) -> str:
    return " " if character.isspace() else ""


def fold(text: str) -> str:
    """Text for comparing: lower case, no accents, words of a–z and 0–9 parted by one space."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare.lower()).strip()


def slug(text: str) -> str:
    """Text for an address: folded, words joined by hyphens."""
    return fold(text).replace(" ", "-")


def shorten(text: str, length: int) -> str:
    """At most `length` characters, cut between words, with an ellipsis when something went."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.") + "…"
