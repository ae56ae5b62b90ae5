"""One activity as La Coop tells it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

UNTOLD = "non_communique"


@dataclass(frozen=True)
class CoopPerson:
    """A participant as a line tells of them. `name` is written only for the mediator, and never read."""

    gender: str = UNTOLD
    age: str = UNTOLD
    status: str = UNTOLD
    insee_code: str = ""
    commune: str = ""
    postcode: str = ""
    name: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class CoopActivity:
    """All that the spreadsheet says of an activity; values are those of the enumerations.

    `unknown`: what is none of them, as it was written, by column. `people`: one a participant, in order.
    """

    source_id: str
    day: date
    kind: str
    minutes: int
    place_kind: str
    topics: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    recorded_on: date | None = None
    modified_on: date | None = None
    place_name: str = ""
    address: str = ""
    commune: str = ""
    postcode: str = ""
    insee_code: str = ""
    title: str = ""
    equipment: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    procedure_name: str = ""
    autonomy: str = ""
    level: str = ""
    is_oriented: bool = False
    orientation: str = ""
    people: tuple[CoopPerson, ...] = (CoopPerson(),)
    notes: str = ""
    source: str = field(default="", compare=False, repr=False)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_COUNTED = ("gender", "age", "status", "insee_code")
Marginals = dict[str, dict[str, int]]


def marginals(people: tuple[CoopPerson, ...]) -> Marginals:
    """How many people were told of with each value, by dimension: what is kept of people without a file."""
    return {
        name: dict(sorted(Counter(value for value in _told(people, name) if value not in {"", UNTOLD}).items()))
        for name in _COUNTED
    }


def _told(people: tuple[CoopPerson, ...], name: str) -> Iterator[str]:
    return (getattr(person, name) for person in people)


def people_of(counts: Marginals, total: int, places: Mapping[str, tuple[str, str]]) -> tuple[CoopPerson, ...]:
    """So many lines whose values have these counts, always in the same order: who had which together is not known.

    `places`: commune and postcode of an INSEE code.
    """
    columns = {name: _spread(counts.get(name, {}), total, "" if name == "insee_code" else UNTOLD) for name in _COUNTED}
    rows = zip(*(columns[name] for name in _COUNTED), strict=True)
    return tuple(CoopPerson(g, a, s, code, *places.get(code, ("", ""))) for g, a, s, code in rows)


def _spread(counts: Mapping[str, int], total: int, empty: str) -> list[str]:
    told = [value for value, count in sorted(counts.items()) for _one in range(count)][:total]
    return told + [empty] * (total - len(told))
