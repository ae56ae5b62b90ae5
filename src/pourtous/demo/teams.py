"""Who works where in the demonstration: the units of `organisations.json` that do mediation or host courses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pourtous.accounts.enums import Capability
from pourtous.accounts.queries import may_hold_personal_data
from pourtous.agenda.enums import ResourceKind
from pourtous.agenda.models import Resource
from pourtous.demo.rows import Row
from pourtous.demo.scenario import fixed_id, read
from pourtous.places.models import Place

_PART_TIME = 4  # every fourth mediator works three days a week


@dataclass(frozen=True)
class Mediator:
    """One mediator; `share` of a full time; `rank` among all mediators; `resource_id`: their agenda."""

    name: str
    email: str
    rank: int
    resource_id: UUID

    @property
    def user_id(self) -> UUID:
        """Their account."""
        return fixed_id("user", self.email)

    @property
    def had_agenda(self) -> bool:
        """Whether the platform gave them their agenda before the demonstration did: a task gives one to all."""
        return self.resource_id != fixed_id("resource", self.email)

    @property
    def share(self) -> float:
        """Part of a full time."""
        return 0.6 if self.rank % _PART_TIME == _PART_TIME - 1 else 1.0


@dataclass
class Team:
    """A unit; `places` are where it works; `follows`: whether it may hold personal data and does mediation."""

    key: str
    name: str
    follows: bool
    is_host: bool
    places: list[Place]
    mediators: list[Mediator] = field(default_factory=list)

    @property
    def unit_id(self) -> UUID:
        """Its row."""
        return fixed_id("unit", self.key)


def teams(today: date) -> list[Team]:
    """The units that do mediation, in the order of the scenario, then hosts that do none."""
    places = {place.pk: place for place in Place.objects.all()}
    agendas = dict(Resource.objects.filter(kind=ResourceKind.MEDIATOR).values_list("user__email", "pk"))
    rank = 0
    found = []
    for organisation, unit in _units():
        mediates = Capability.MEDIATION in unit["capabilities"]
        follows = mediates and may_hold_personal_data(fixed_id("organisation", organisation["key"]), on=today)
        works: list[str] = unit.get("works_at") or unit.get("places", [])
        team = Team(
            unit["key"],
            unit["name"],
            follows,
            Capability.HOST in unit["capabilities"],
            [places[fixed_id("place", key)] for key in works],
        )
        if mediates:
            team.mediators = [_mediator(one, rank + n, agendas) for n, one in enumerate(unit["people"])]
            rank += len(team.mediators)
        found.append(team)
    return found


def _mediator(person: Row, rank: int, agendas: dict[str, UUID]) -> Mediator:
    email = person["email"]
    return Mediator(person["name"], email, rank, agendas.get(email, fixed_id("resource", email)))


def _units() -> Iterator[tuple[Row, Row]]:
    wanted = {Capability.MEDIATION.value, Capability.HOST.value}
    for organisation in read("organisations"):
        for unit in organisation["units"]:
            if wanted & set(unit["capabilities"]):
                yield organisation, unit
