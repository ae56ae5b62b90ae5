"""Whether two files may be of one person: spelling, turned names, a birth year heard wrong, the same number."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

CLOSE = 86  # of 100: "Ferran Odile" and "Ferrand Odile" are close, "Ferrand Odile" and "Ferrand Denis" are not
YEARS_APART = 1


@dataclass(frozen=True)
class Trace:
    """What is compared of a file. `names`: folded names in any order; `phone`: E.164 or ""."""

    id: UUID | None
    names: str
    birth_year: int | None
    phone: str


def is_similar(one: Trace, other: Trace) -> bool:
    """Whether a person would want to look twice before making a second file."""
    if one.phone and one.phone == other.phone and _shares_a_name(one, other):
        return True
    return _years_agree(one.birth_year, other.birth_year) and fuzz.token_sort_ratio(one.names, other.names) >= CLOSE


def _shares_a_name(one: Trace, other: Trace) -> bool:
    """A household shares its number and its name: it is worth a look all the same."""
    return fuzz.token_set_ratio(one.names, other.names) >= CLOSE


def _years_agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= YEARS_APART


def similar(asked: Trace, known: Iterable[Trace]) -> list[UUID]:
    """The files among these that may be of the same person, the closest first."""
    found = [trace for trace in known if trace.id is not None and trace.id != asked.id and is_similar(asked, trace)]
    found.sort(key=lambda trace: -fuzz.token_sort_ratio(asked.names, trace.names))
    return [trace.id for trace in found if trace.id is not None]
