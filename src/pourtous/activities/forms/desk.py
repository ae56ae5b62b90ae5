"""What a mediator chooses from when they record: made once a request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.activities.enums import Topic
from pourtous.activities.models import Tag
from pourtous.activities.queries.choices import recording_units, usable_tags
from pourtous.activities.queries.ways import PLACES_SHOWN, PRESETS, Habits, habits, recent_people
from pourtous.activities.rules.facts import ActivityFacts
from pourtous.activities.rules.lengths import length
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.people.models import Person
from pourtous.people.queries import followed
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place
from pourtous.territories import queries as territories

OWN_PLACES = 6
_NOBODY = UUID(int=0)


def _code(rows: QuerySet[Any]) -> str:
    return str(rows.values_list("code", flat=True).first() or "")


@dataclass
class Desk:
    """The mediator (`user`), and what is offered first: people by code, places by code, teams, tags (id, name)."""

    user: Any
    now: datetime
    units: list[Unit]
    habits: Habits = field(default_factory=Habits)
    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    tags: list[tuple[str, str]] = field(default_factory=list)
    nameless: set[str] = field(default_factory=set)  # codes of people whose names may no longer be shown

    @property
    def today(self) -> date:
        """The day in Paris."""
        return paris(self.now).date()

    def names(self) -> list[tuple[str, str]]:
        """The people offered: code, and name where it may be shown."""
        return [(code, code if code in self.nameless else one.name) for code, one in self.people.items()]

    def topics(self, before: ActivityFacts | None) -> list[str]:
        """All topics, the mediator's most used first; then what an edited activity says besides."""
        used = [term for term in self.habits.topics if term in Topic.values]
        rest = [term for term in _USUAL_FIRST if term not in used]
        return [*used, *rest, *(term for term in (before.topics if before else ()) if term not in Topic.values)]

    def lengths(self, before: ActivityFacts | None) -> list[tuple[str, str]]:
        """Lengths in minutes with their words: usual ones, the mediator's own."""
        own = set(self.habits.minutes) | ({before.minutes} if before else set())
        return [(str(minutes), length(minutes)) for minutes in sorted({*PRESETS, *own})]

    def place(self, code: str) -> Place:
        """A place by its code, offered or not."""
        found = self.places.get(code) or Place.objects.filter(code=read_code(code) or "").first()
        if found is None:
            raise DomainError(_("This place is no longer in the directory. Choose another."), field="where")
        return found

    def unit(self, said: str, before: ActivityFacts | None) -> UUID:
        """The team it was done for: what was said, what it was, or the first one."""
        by_id = {str(unit.pk): unit.pk for unit in self.units}
        default = before.unit if before else self.units[0].pk
        return by_id.get(said, default)

    def tag_ids(self, said: Iterable[str]) -> tuple[UUID, ...]:
        """The tags that were said, those that are gone left out."""
        usable = {value for value, _name in self.tags}
        return tuple(UUID(value) for value in dict.fromkeys(said) if value in usable)

    def appointment(self, said: str, before: ActivityFacts | None) -> UUID | None:
        """The appointment of a code, of this mediator."""
        if not said:
            return before.appointment if before else None
        mine = Appointment.objects.filter(code=read_code(said) or "", mediator__user=self.user.pk)
        return mine.values_list("pk", flat=True).first() or (before.appointment if before else None)

    def session(self, said: str, before: ActivityFacts | None) -> UUID | None:
        """The session of a code, which this mediator leads."""
        if not said:
            return before.session if before else None
        mine = Session.objects.filter(code=read_code(said) or "", mediators__user=self.user.pk)
        return mine.values_list("pk", flat=True).first() or (before.session if before else None)

    def booking_codes(self, facts: ActivityFacts) -> tuple[str, str]:
        """The codes of the appointment and of the session that facts name, "" without."""
        return _code(Appointment.objects.filter(pk=facts.appointment or _NOBODY)), _code(
            Session.objects.filter(pk=facts.session or _NOBODY)
        )

    def commune_name(self, code: str) -> str:
        """A commune as one types it."""
        known = territories.commune(code) if code else None
        return known.name if known else code

    def invite(self, people: Iterable[Person]) -> None:
        """Offer these people first."""
        first = {person.code: person for person in people}
        self.people = {**first, **self.people}

    def offer(self, place: Place | None) -> None:
        """Offer this place first."""
        if place is not None:
            self.places = {place.code: place, **self.places}


# For somebody who has recorded nothing yet: the order of a sample of the old national tool.
_FIRST = (Topic.EQUIPMENT, Topic.PROCEDURES, Topic.WEB, Topic.EMAIL, Topic.CONTENT, Topic.NETWORKS, Topic.SAFETY)
_USUAL_FIRST = [*(t.value for t in _FIRST), *(v for v in Topic.values if v not in _FIRST)]


def desk_of(user: Any, *, now: datetime) -> Desk:
    """What this mediator chooses from now."""
    units = recording_units(user)
    known = habits(user)
    tags = [(str(tag.pk), tag.name) for tag in usable_tags(user)]
    people = {one.code: one for one in recent_people(user, on=paris(now).date())}
    return Desk(user, now, units, known, people, _places(user, units, known), tags)


def _places(user: Any, units: list[Unit], known: Habits) -> dict[str, Place]:
    """The places used most, then those of the teams and of the mediator's own agenda."""
    found = {place.code: place for place in known.places}
    if len(found) < PLACES_SHOWN:
        own = Q(unit__in=units) | Q(availabilities__resource__user=user.pk)
        rows = Place.objects.filter(own, state=PlaceState.PUBLISHED).distinct().order_by("sort_name", "code")
        found |= {place.code: place for place in rows[:OWN_PLACES]}
    return found


def include(desk: Desk, facts: ActivityFacts, *, is_edit: bool = False) -> None:
    """Offer first the people and the place that facts name. `is_edit`: also people the team no longer follows, by code."""
    named = Person.objects.filter(pk__in=facts.persons).select_related("commune")
    visible = set(followed(desk.user, among=facts.persons, on=desk.today).values_list("pk", flat=True))
    shown = [person for person in named if is_edit or person.pk in visible]
    desk.nameless |= {person.code for person in shown if person.pk not in visible}
    desk.invite(shown)
    desk.offer(Place.objects.filter(pk=facts.place).first() if facts.place else None)
    if is_edit:
        offered = {value for value, _name in desk.tags}
        kept = Tag.objects.filter(pk__in=facts.tags)
        desk.tags += [(str(tag.pk), tag.name) for tag in kept if str(tag.pk) not in offered]
