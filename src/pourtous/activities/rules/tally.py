"""What an activity counts as, dimension by dimension. Counting rules: those of La Coop's statistics.

One accompaniment a participant; an activity with several topics counts in each of them; a person is new when this is
their first accompaniment. Anonymous people are told apart: La Coop counts them as new each time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from pourtous.activities.enums import Dimension

TOTAL = "total"
NEW, AGAIN, ANONYMOUS, HELPED_BEFORE = "new", "again", "anonymous", "anonymous_known"
NOT_TOLD = "non_communique"
ONE_OFF = "ponctuel"
BANDS = ("under_30", "from_30", "from_60", "from_120")  # minutes
_BAND_ENDS = (30, 60, 120)


class Participant(NamedTuple):
    """A person with a file, as they were that day."""

    age_band: str
    gender: str
    status: str
    insee_code: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What of an activity is counted. `anonymous`: (dimension, value, count) of participants without file."""

    kind: str
    is_one_off: bool
    minutes: int
    place_kind: str
    place: str  # key of the place, or ""
    insee_code: str
    topics: tuple[str, ...]
    procedures: tuple[str, ...]
    equipment: tuple[str, ...]
    autonomy: str
    level: str
    orientation: str
    outcome: str
    source: str
    participant_count: int
    anonymous_count: int
    participants: Sequence[Participant] = ()
    anonymous: Sequence[tuple[str, str, int]] = ()


class Tally(NamedTuple):
    """How many activities, accompaniments and minutes."""

    activities: int
    accompaniments: int
    minutes: int


Cell = tuple[str, str]  # dimension, value
Key = TypeVar("Key")
NOTHING = Tally(0, 0, 0)


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month that follows."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def band(minutes: int) -> str:
    """The band of length, as La Coop shows them."""
    return BANDS[sum(minutes >= end for end in _BAND_ENDS)]


def cells(one: Counted) -> Iterator[tuple[Cell, Tally]]:
    """All cells an activity counts in. Of people only accompaniments are counted."""
    whole = Tally(1, one.participant_count, one.minutes)
    for cell in _cells_of_activity(one):
        yield cell, whole
    for cell, people in _cells_of_people(one).items():
        if people:
            yield cell, Tally(0, people, 0)


def _cells_of_activity(one: Counted) -> Iterator[Cell]:
    yield TOTAL, ""
    yield "kind", ONE_OFF if one.is_one_off else one.kind
    yield "band", band(one.minutes)
    yield "source", one.source
    yield "place_kind", one.place_kind
    yield "commune", one.insee_code
    for dimension in ("place", "autonomy", "level", "orientation", "outcome"):
        if value := getattr(one, dimension):
            yield dimension, value
    for dimension, values in (("topic", one.topics), ("procedure", one.procedures), ("equipment", one.equipment)):
        for value in values:
            yield dimension, value


def _cells_of_people(one: Counted) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for person in one.participants:
        found["age", person.age_band] += 1
        found["gender", person.gender] += 1
        found["status", person.status] += 1
        found["residence", person.insee_code] += 1
        found["novelty", NEW if person.is_first else AGAIN] += 1
    if one.anonymous_count:
        _count_anonymous(found, one)
    return found


def _count_anonymous(found: Counter[Cell], one: Counted) -> None:
    """Marginal counts; of each dimension what is left was not told."""
    left = dict.fromkeys(Dimension, one.anonymous_count)
    for dimension, value, count in one.anonymous:
        left[Dimension(dimension)] -= count
        found[("novelty", HELPED_BEFORE) if dimension == Dimension.KNOWN else (str(dimension), value)] += count
    for dimension in (Dimension.AGE, Dimension.GENDER, Dimension.STATUS):
        found[dimension.value, NOT_TOLD] += left[dimension]
    found["residence", ""] += one.anonymous_count
    found["novelty", ANONYMOUS] += left[Dimension.KNOWN]


def tally(counted: Iterable[Counted]) -> dict[Cell, Tally]:
    """All cells of several activities."""
    sums: dict[Cell, list[int]] = {}
    for one in counted:
        for cell, parts in cells(one):
            held = sums.setdefault(cell, [0, 0, 0])
            for position, part in enumerate(parts):
                held[position] += part
    return {cell: Tally(*held) for cell, held in sums.items()}


def added(*parts: dict[Key, Tally]) -> dict[Key, Tally]:
    """The sums of several tallies."""
    found: dict[Key, Tally] = {}
    for part in parts:
        for key, one in part.items():
            held = found.get(key, NOTHING)
            found[key] = Tally(*(a + b for a, b in zip(held, one, strict=True)))
    return found
