"""Where a person is, from what they typed: a commune, a postcode, an address, or an honest "we did not find it"."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from pourtous.kernel.geometry import Point
from pourtous.kernel.text import clean
from pourtous.portal.rules.asked import without_number
from pourtous.territories import queries
from pourtous.territories.geocoder import Match, geocode
from pourtous.territories.models import Commune

POSTCODE_DIGITS = 5
# Under this the geocoder is guessing; matches that near the best one are all likely.
LIKELY = 0.5
AS_GOOD = 0.04
MAX_CHOICES = 12


@dataclass(frozen=True)
class Spot:
    """A place to search around: what to call it, and how an address holds it."""

    label: str
    commune: str = ""
    position: Point | None = None
    street: str = ""
    detail: str = ""  # what tells it from others of the same name

    @property
    def changes(self) -> dict[str, Any]:
        """What it changes in `Asked`."""
        return {
            "commune": "" if self.position else self.commune,
            "position": self.position,
            "street": self.street,
            "everywhere": False,
        }


@dataclass(frozen=True)
class Resolved:
    """One spot, or several to choose from, or none (then `problem` says why, and `several` suggests)."""

    spot: Spot | None = None
    several: list[Spot] = field(default_factory=list)
    problem: str = ""


EVERYWHERE = Spot("")


def answered(typed: str, position: Point | None, *, is_everywhere: bool) -> Resolved:
    """What was said to "Where are you?": what was typed goes before the telephone's position, and this before anywhere."""
    if typed:
        return resolve(typed)
    if position:
        return Resolved(spot=Spot("", position=position))
    return Resolved(spot=EVERYWHERE) if is_everywhere else resolve("")


def resolve(text: str) -> Resolved:
    """Find where the person is. A postcode never identifies a commune: several communes are a choice, not a guess."""
    wanted = clean(text)[:200]
    digits = wanted.replace(" ", "").replace(".", "").replace("-", "")
    if not wanted:
        return Resolved(problem=_("Write your town or village, or choose an answer below."))
    if digits.isdigit():
        return _by_postcode(digits)
    return _by_name(wanted)


def _by_postcode(digits: str) -> Resolved:
    if len(digits) != POSTCODE_DIGITS or not digits.isascii():
        return Resolved(problem=_("A postcode has five digits. Example: 34110."))
    communes = queries.communes_of_postcode(digits)
    if len(communes) == 1:
        return Resolved(spot=_commune_spot(communes[0]))
    if communes:
        return Resolved(several=[_commune_spot(one) for one in communes])
    return Resolved(problem=_("We don’t know this postcode here. Write the name of your town."))


def _by_name(wanted: str) -> Resolved:
    matches = geocode(wanted, limit=MAX_CHOICES)
    if not matches or matches[0].score < LIKELY:
        return Resolved(
            problem=_("We did not find this place. Check the name, or write only the town."),
            several=_suggestions(wanted, matches),
        )
    likely = _distinct([_match_spot(one) for one in matches if one.score >= matches[0].score - AS_GOOD])
    return Resolved(spot=likely[0]) if len(likely) == 1 else Resolved(several=likely)


def _suggestions(wanted: str, matches: list[Match]) -> list[Spot]:
    named = [_commune_spot(one) for one in queries.communes_named(wanted, 5)]
    return _distinct([*named, *(_match_spot(one) for one in matches[:3])])[:5]


def _distinct(spots: list[Spot]) -> list[Spot]:
    return list({(spot.label, spot.commune): spot for spot in reversed(spots)}.values())[::-1]


def _commune_spot(commune: Commune) -> Spot:
    return Spot(commune.name, commune.code, detail=", ".join(commune.postcodes[:2]))


def _match_spot(match: Match) -> Spot:
    if match.level == "commune" or not match.street:
        return Spot(match.commune_name, match.commune_code, detail=match.postcode)
    street = without_number(match.street)
    point = Point(round(match.point.lat, 3), round(match.point.lon, 3))
    label = f"{street}, {match.commune_name}"
    return Spot(label, match.commune_code, point, label, detail=match.postcode)


class Around(Protocol):
    """What holds where one looks: a search of places, or of courses."""

    @property
    def position(self) -> Point | None:
        """A position, when one was given."""

    @property
    def street(self) -> str:
        """What to call it."""

    @property
    def commune(self) -> str:
        """An INSEE code."""


def spot_of(asked: Around) -> Spot | None:
    """The spot that an address holds; None when it holds none, or a commune nobody knows."""
    if asked.position:
        return Spot(asked.street or _("your position"), position=asked.position, street=asked.street)
    commune = queries.commune(asked.commune) if asked.commune else None
    return Spot(commune.name, commune.code, commune.centre) if commune else None
