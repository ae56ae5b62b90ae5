"""The rows an activity names: found, and the mediator's to name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.activities.enums import PlaceKind
from pourtous.activities.models import Tag
from pourtous.activities.queries.choices import recording_units, usable_tags
from pourtous.activities.rules.facts import ActivityFacts
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.models import Person
from pourtous.people.queries import followed
from pourtous.places.models import Place
from pourtous.territories import queries as territories
from pourtous.territories.models import Commune

Row = TypeVar("Row", Appointment, Session)


@dataclass(frozen=True)
class Links:
    """The rows behind the ids of facts."""

    unit: Unit
    persons: list[Person] = field(default_factory=list)
    place: Place | None = None
    commune: Commune | None = None
    insee_code: str = ""
    tags: list[Tag] = field(default_factory=list)
    appointment: Appointment | None = None
    session: Session | None = None


def resolve(facts: ActivityFacts, *, actor: Any, now: datetime, before: ActivityFacts | None = None) -> Links:
    """The rows; what an edited activity named `before` may stay. Raises DomainError about what is not the actor's."""
    persons = _persons(facts, before, actor, now)
    place = _place(facts.place)
    code = _insee_code(facts, place, persons)
    kept = before or facts
    same_appointment = before is not None and facts.appointment == kept.appointment
    same_session = before is not None and facts.session == kept.session
    return Links(
        unit=_unit(facts.unit, actor, before),
        persons=persons,
        place=place,
        commune=territories.commune(code) if code else None,
        insee_code=code,
        tags=_tags(facts, before, actor),
        appointment=_found(Appointment, facts.appointment, lambda row: same_appointment or _is_theirs(row, actor)),
        session=_found(Session, facts.session, lambda row: same_session or _leads(row, actor)),
    )


def _refuse(message: str, name: str) -> NoReturn:
    raise DomainError(message, field=name)


def _unit(identity: UUID, actor: Any, before: ActivityFacts | None) -> Unit:
    units = {unit.pk: unit for unit in recording_units(actor)}
    if identity in units:
        return units[identity]
    if before is not None and before.unit == identity:
        return Unit.objects.get(pk=identity)
    _refuse(_("You no longer record for this team. Choose yours."), "unit")


def _persons(facts: ActivityFacts, before: ActivityFacts | None, actor: Any, now: datetime) -> list[Person]:
    wanted = set(facts.persons)
    if not wanted:
        return []
    found = list(followed(actor, among=wanted, on=paris(now).date()).select_related("commune"))
    missing = wanted - {person.pk for person in found}
    if missing and before is not None:
        found += Person.objects.filter(pk__in=missing & set(before.persons)).select_related("commune")
    if len(found) < len(wanted):
        _refuse(_("Your team does not follow this person. Register them first, or record without name."), "person")
    return found


def _place(identity: UUID | None) -> Place | None:
    if identity is None:
        return None
    found = Place.objects.filter(pk=identity).first()
    if found is None:
        _refuse(_("This place is no longer in the directory. Choose another."), "place")
    return found


def _insee_code(facts: ActivityFacts, place: Place | None, persons: list[Person]) -> str:
    """The commune of the place, of what was typed, or at somebody's home theirs."""
    if place is not None:
        return place.insee_code
    if facts.place_kind == PlaceKind.HOME and not facts.insee_code:
        return next((person.commune_id for person in persons if person.commune_id), "")
    return facts.insee_code


def _tags(facts: ActivityFacts, before: ActivityFacts | None, actor: Any) -> list[Tag]:
    wanted = set(facts.tags)
    found = list(usable_tags(actor).filter(pk__in=wanted))
    missing = wanted - {tag.pk for tag in found}
    if missing and before is not None:
        found += Tag.objects.filter(pk__in=missing & set(before.tags))
    if len(found) < len(wanted):
        _refuse(_("One of the tags is gone. Choose again."), "tags")
    return found


def _found(model: type[Row], identity: UUID | None, is_allowed: Callable[[Row], bool]) -> Row | None:
    if identity is None:
        return None
    row = model._default_manager.filter(pk=identity).first()  # noqa: SLF001 (Django's own name)
    if row is None or not is_allowed(row):
        _refuse(_("This entry of the agenda is not yours to record. Record it without."), "id")
    return row


def _is_theirs(appointment: Appointment, actor: Any) -> bool:
    return Appointment.objects.filter(pk=appointment.pk, mediator__user=actor).exists()


def _leads(session: Session, actor: Any) -> bool:
    return session.mediators.filter(user=actor).exists()
