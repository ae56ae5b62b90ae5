"""What the geocoder is asked and what it answers."""

from dataclasses import dataclass
from enum import StrEnum

from pourtous.kernel.geometry import Point


class Level(StrEnum):
    """How far an answer goes, honestly: a street is never told as a house number."""

    NUMBER = "number"
    STREET = "street"
    LOCALITY = "locality"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Match:
    """One answer. `score` is 0 (a guess) to 1 (the very words); `point` is of the level told, no finer."""

    label: str
    level: Level
    score: float
    point: Point
    commune_code: str
    commune_name: str
    postcode: str
    street: str
    number: str  # "12" or "3 bis"; empty unless the level is a number
    id: str  # the address base's key of the number or street, else the commune's code


@dataclass(frozen=True)
class Asked:
    """An address taken apart: words are folded, in full, without number, postcode or noise.

    `split` is where the postcode stood among the words (the commune usually follows), or -1 without one.
    `lead` counts the words before a number that a kind of street follows: a building or the commune, not the street.
    """

    words: tuple[str, ...]
    number: int | None = None
    suffix: str = ""
    postcode: str = ""
    split: int = -1
    lead: int = 0
