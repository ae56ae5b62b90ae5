"""Taking an address apart, as people write it. Pure: no database."""

import re
from typing import NamedTuple

from pourtous.kernel.text import fold
from pourtous.territories.geocoder.spelling import MONTHS, STREET_KINDS, in_full, kind_of
from pourtous.territories.geocoder.types import Asked

MAX_LENGTH = 300
MAX_WORDS = 24

_SEGMENT = re.compile(r"[,;\n\r\t|]+|\s[-–—/]\s")
_KIND = "|".join(sorted(STREET_KINDS, key=len, reverse=True))
_SINGLE = "[a-ce-km-rt-z]"  # a letter alone that is not an elided article
_PARTS = "appt?|apt|appart|appartement|logement|logt|bat|bt|batiment|esc|escalier|hall|entree|porte|bloc|box"
_NOISE = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:chez|c o|a l attention de|aux bons soins de)\b.*?(?=\b\d|\b(?:{_KIND})\b|$)",
        r"\b(?:bp|cs|tsa|boite postale) ?\d+(?: \d{3})?\b",
        r"\bcedex(?: \d{1,2})?\b",
        r"\b\d{1,2} ?(?:er|ere|e|eme|me|nd|nde)? ?etage\b(?: (?:gauche|droite|face))?",
        r"\betage \d{1,2}\b|\brez de chaussee\b|\brdc\b",
        rf"\b(?:{_PARTS}) (?:n |no |numero )?(?:\d{{1,4}}[a-z]?|{_SINGLE}\d{{0,3}})\b",
        r"\bfrance$",
    )
]
_NAMED_PERSON = re.compile(r"^(?:m|mr|mme|mlle|monsieur|madame|chez|c o)\b")
_POSTCODE = re.compile(r"\b(?:f|fr)? ?(\d{5})\b|\b(\d{2}) (\d{3})\b(?= [a-z]|$)")
_GLUED_NUMBER = re.compile(r"(\d{1,4})(bis|ter|quater|quinquies|[a-z])")
_SUFFIXES = {"bis", "ter", "quater", "quinquies"}
_NOT_BEFORE_A_NUMBER = {"du", "de", "des", "le", "la", "les", "d", "rd", "rn", "n", "cd", "l", "au", "a", "et"}
_ROADS = {"departementale", "nationale", "lot", "lotissement", "zone", "ilot", "parcelle"}


def parse(text: str) -> Asked:
    """An address as typed, taken apart; never fails, whatever the text."""
    line = _without_noise(text[:MAX_LENGTH])
    line, postcode, after = _take_postcode(line)
    head, house = _take_number(line.split()[:MAX_WORDS])
    tail = after.split()[:MAX_WORDS]
    before = in_full(head)
    if house.number is None:
        tail, late = _take_number(tail)
        house = _House(late.number, late.suffix)
    lead = len(in_full(head[: house.at])) if kind_of(in_full(head[house.at :])) else 0
    split = len(before) if postcode else -1
    return Asked(tuple(before + in_full(tail)), house.number, house.suffix, postcode, split, lead)


def _without_noise(text: str) -> str:
    """One folded line without floors, boxes, names of persons; the text itself when nothing would be left."""
    segments = [folded for segment in _SEGMENT.split(text) if (folded := fold(segment))]
    useful = [segment for segment in segments if not _NAMED_PERSON.match(segment)]
    line = " ".join(useful if len(useful) < len(segments) and useful else segments)
    whole = line
    for pattern in _NOISE:
        line = " ".join(pattern.sub(" ", line).split())
    return line or whole


def _take_postcode(line: str) -> tuple[str, str, str]:
    """What stands before the postcode, the postcode (or ""), what stands after it."""
    found = list(_POSTCODE.finditer(line))
    if not found:
        return line, "", ""
    last = found[-1]
    return line[: last.start()].strip(), last[1] or last[2] + last[3], line[last.end() :].strip()


class _House(NamedTuple):
    """A house number, its suffix ("bis", "b") and the place it stood at among the words left."""

    number: int | None = None
    suffix: str = ""
    at: int = 0


def _take_number(words: list[str]) -> tuple[list[str], _House]:
    """The words without the house number, and the house number."""
    words = _split_glued(words)
    for index in range(len(words)):
        if _is_number(words, index):
            return _cut(words, index)
    return words, _House()


def _split_glued(words: list[str]) -> list[str]:
    """Words where a number stuck to its suffix is parted: 3bis becomes 3 bis."""
    split: list[str] = []
    for index, word in enumerate(words):
        glued = _GLUED_NUMBER.fullmatch(word)
        split += [glued[1], glued[2]] if glued and (index == 0 or words[index - 1] in {"n", "no", "numero"}) else [word]
    return split


def _is_number(words: list[str], index: int) -> bool:
    """Whether this word is a house number: at the start, before the kind of street, or at the very end."""
    word = words[index]
    if not word.isdigit() or len(word) > 4 or int(word) == 0:  # noqa: PLR2004
        return False
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if after in MONTHS or before in MONTHS:
        return False
    if index == 0 or before in {"no", "numero"} or (before == "n" and index == 1):
        return True
    if before in _NOT_BEFORE_A_NUMBER or before in _ROADS:
        return False
    is_behind_a_street = index > 1 and words[0] in STREET_KINDS
    return after in STREET_KINDS or is_behind_a_street or (not after and index > 1)


def _cut(words: list[str], index: int) -> tuple[list[str], _House]:
    number = int(words[index])
    start = index - 1 if index and words[index - 1] in {"n", "no", "numero"} else index
    rest = words[index + 1 :]
    suffix = ""
    if rest and (rest[0] in _SUFFIXES or _is_suffix_letter(rest)):
        suffix, rest = rest[0], rest[1:]
    elif rest and rest[0].isdigit() and len(rest) > 1 and rest[1] not in MONTHS:  # "12-14 rue …"
        rest = rest[1:]
    return words[:start] + rest, _House(number, suffix, start)


def _is_suffix_letter(rest: list[str]) -> bool:
    """A letter alone is a suffix unless it may be an elided article ("12 d'Avezac", "1 à 5")."""
    if len(rest[0]) != 1 or not rest[0].isalpha():
        return False
    return len(rest) == 1 or rest[0] not in {"a", "d", "l", "n", "r"} or rest[1] in STREET_KINDS
