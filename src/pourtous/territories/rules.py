"""Pure rules: lists of communes as people paste them, and when a zone is open."""

import re
from datetime import date

_SEPARATORS = re.compile(r"[\n\r\t;,|]+")
_CODE = r"\d[\dABab]\d{3}"
_CODES_ONLY = re.compile(rf"{_CODE}(?:\s+{_CODE})+")
_CODE_FIRST = re.compile(rf"({_CODE})\b[\s:–-]+\S.*")
_CODE_LAST = re.compile(rf".*\S[\s(–-]+({_CODE})\)?")


def split_list(text: str) -> list[str]:
    """Codes and names out of a pasted list: one a line, or parted by commas, semicolons, tabs; doubles dropped.

    "34001 34002" is two codes; "34001 Abeilhan" and "Abeilhan (34001)" are the code alone.
    """
    items: list[str] = []
    for piece in _SEPARATORS.split(text):
        item = piece.strip().strip("\"'•*-").strip()
        if _CODES_ONLY.fullmatch(item):
            items += item.split()
        elif item:
            both = _CODE_FIRST.fullmatch(item) or _CODE_LAST.fullmatch(item)
            items.append(both[1] if both else item)
    return list(dict.fromkeys(items))


def is_open(valid_from: date, valid_until: date | None, day: date) -> bool:
    """Whether a zone counts on this day; its last day is not in it."""
    return valid_from <= day and (valid_until is None or day < valid_until)
