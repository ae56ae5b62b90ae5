"""What a person asked for, as the address of a page holds it: short, readable, nothing personal.

A street without its number, a position rounded to three decimals (about 100 m). What an address holds that
is not known is left out without a word: an old or mangled link still leads somewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlencode

from pourtous.kernel.geometry import Point, is_in_france
from pourtous.kernel.text import clean, shorten, slug
from pourtous.places import enums
from pourtous.portal.rules import choices

MAX_TEXT = 120
MAX_PAGE = 200
WIDER_KM = (30, 60)
YES = "oui"
# Parameter of the address → dimension of the standard (its name in `PlaceFilter`) and its closed list.
DIMENSIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "service": ("services", tuple(enums.Service)),
    "public": ("audiences", tuple(enums.Audience)),
    "accueil": ("care", tuple(enums.Care)),
    "prix": ("fees", tuple(enums.Fee)),
    "contact": ("access_modes", tuple(enums.AccessMode)),
    "aide": ("supports", tuple(enums.Support)),
    "programme": ("programmes", tuple(enums.Programme)),
    "formation": ("labels", tuple(enums.Label)),
    "reseau": ("networks", tuple(enums.Network.values)),
    "mobile": ("itinerance", tuple(enums.Itinerance)),
}
_KEYS = {name: {slug(term): term for term in terms} for name, (_dimension, terms) in DIMENSIONS.items()}
_INSEE = re.compile(r"(\d{2}|2[AB])\d{3}")
_NUMBER_FIRST = re.compile(r"^\d+\s*(?:bis|ter|quater|[a-z])?\b[\s,]*", re.IGNORECASE)


class Query(Protocol):
    """The parameters of an address, each with any number of values (Django's QueryDict)."""

    def getlist(self, key: str) -> list[Any]:
        """All values of one parameter."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search in words of the address. Empty fields were not asked."""

    need: str = ""
    commune: str = ""  # INSEE code
    position: Point | None = None
    street: str = ""  # only with a position: what to call it
    everywhere: bool = False
    wishes: tuple[str, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # parameter → terms of the standard
    words: str = ""
    open_now: bool = False
    accepts_pass: bool = False
    wider_km: int = 0
    page: int = 1
    with_map: bool = False

    @property
    def says_where(self) -> bool:
        """Whether one knows where to look."""
        return bool(self.commune or self.position or self.everywhere)

    @property
    def filters(self) -> int:
        """How many terms and conditions the page of filters holds."""
        return sum(len(terms) for terms in self.terms.values()) + self.accepts_pass + self.open_now + len(self.wishes)

    def query(self, **changes: Any) -> str:
        """The parameters of the address of this search, with changes: "besoin=telephone&commune=34108"."""
        asked = replace(self, **changes) if changes else self
        return urlencode([(name, value) for name, value in _pairs(asked) if value], safe=",")

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The same as (name, value), for hidden fields; `without` leaves parameters out."""
        return [(name, value) for name, value in _pairs(self) if value and name not in without]


def _pairs(asked: Asked) -> list[tuple[str, str]]:
    at = f"{asked.position.lat:.3f},{asked.position.lon:.3f}" if asked.position else ""
    return [
        ("besoin", asked.need),
        ("commune", asked.commune),
        ("rue", asked.street if at else ""),
        ("pres", at),
        ("partout", YES if asked.everywhere else ""),
        ("q", asked.words),
        *[("avec", wish) for wish in asked.wishes],
        *[(name, slug(term)) for name in DIMENSIONS for term in asked.terms.get(name, ())],
        ("ouvert", YES if asked.open_now else ""),
        ("pass", YES if asked.accepts_pass else ""),
        ("rayon", str(asked.wider_km) if asked.wider_km else ""),
        ("carte", YES if asked.with_map else ""),
        ("page", str(asked.page) if asked.page > 1 else ""),
    ]


def read(query: Query) -> Asked:
    """The search that an address holds, whatever it holds."""
    position = read_position(_one(query, "pres"))
    commune = _one(query, "commune").upper()
    return Asked(
        need=key if choices.need(key := _one(query, "besoin")) else "",
        commune=commune if not position and _INSEE.fullmatch(commune) else "",
        position=position,
        street=without_number(_one(query, "rue")) if position else "",
        everywhere=_one(query, "partout") == YES,
        wishes=tuple(dict.fromkeys(one.key for key in query.getlist("avec")[:20] if (one := choices.wish(str(key))))),
        terms={name: terms for name in DIMENSIONS if (terms := _terms(query, name))},
        words=_one(query, "q"),
        open_now=_one(query, "ouvert") == YES,
        accepts_pass=_one(query, "pass") == YES,
        wider_km=_number(_one(query, "rayon"), WIDER_KM),
        page=_page(_one(query, "page")),
        with_map=_one(query, "carte") in {YES, "1"},
    )


def _one(query: Query, name: str) -> str:
    """The last value of a parameter, as one clean short line."""
    values = query.getlist(name)
    return shorten(clean(str(values[-1])[: MAX_TEXT * 4]), MAX_TEXT) if values else ""


def _terms(query: Query, name: str) -> tuple[str, ...]:
    known = _KEYS[name]
    found = (known.get(str(key)) for key in query.getlist(name)[:50])
    return tuple(dict.fromkeys(term for term in found if term))


def _number(text: str, allowed: tuple[int, ...]) -> int:
    return next((number for number in allowed if str(number) == text), 0)


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGE))
    return max(1, min(int(text), MAX_PAGE)) if is_number else 1


def read_position(text: str) -> Point | None:
    """A position "43.402,3.694" in France, rounded to three decimals; else None."""
    parts = text.split(",")
    if len(parts) != 2:  # noqa: PLR2004 (latitude, longitude)
        return None
    try:
        point = Point(round(float(parts[0]), 3), round(float(parts[1]), 3))
    except ValueError:
        return None
    return point if is_in_france(point) else None


def without_number(street: str) -> str:
    """A street without its house number: an address holds no more than that."""
    return _NUMBER_FIRST.sub("", street).strip()


class Step(StrEnum):
    """The pages of the guided search, in order; the value is the name of the address."""

    NEED = "need"
    WHERE = "where"
    WISHES = "wishes"
    RESULTS = "results"


def next_step(asked: Asked, done: Step) -> Step:
    """The page that follows: a question already answered is not asked again before the last one."""
    if done is Step.NEED:
        return Step.WISHES if asked.says_where else Step.WHERE
    return Step.WISHES if done is Step.WHERE else Step.RESULTS
