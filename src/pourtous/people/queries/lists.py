"""The list of the persons one's units follow."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from pourtous.accounts.models import Unit
from pourtous.people.enums import Purpose
from pourtous.people.models import Person
from pourtous.people.queries import active_follow_ups, followed, own_unit_ids

ORDERS = {"name": "last_name", "commune": "commune__name", "year": "birth_year", "contact": "last_contact_on"}


@dataclass(frozen=True)
class ListFilter:
    """What narrows the list. `words` never stands in an address; `unit` is an id as text."""

    words: str = ""
    purpose: str = ""
    unit: str = ""
    sort: str = "name"

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.words or self.purpose or self.unit)


def listed(user: Any, wanted: ListFilter, *, on: date) -> QuerySet[Person]:
    """The persons, each with `own` (the follow-ups of the user's units, with their unit)."""
    mine = active_follow_ups(on).filter(unit__in=own_unit_ids(user))
    narrowed = mine
    if wanted.purpose in Purpose.values:
        narrowed = narrowed.filter(purpose=wanted.purpose)
    own_ids = {str(identity): identity for identity in own_unit_ids(user)}
    if wanted.unit in own_ids:
        narrowed = narrowed.filter(unit=own_ids[wanted.unit])
    found = followed(user, words=wanted.words, on=on)
    if narrowed is not mine:
        found = found.filter(pk__in=narrowed.order_by().values("person"))
    column = ORDERS.get(wanted.sort.removeprefix("-"), "last_name")
    found = found.order_by(("-" if wanted.sort.startswith("-") else "") + column, "last_name", "first_name", "id")
    own = Prefetch("follow_ups", queryset=mine.select_related("unit"), to_attr="own")
    return found.select_related("commune").prefetch_related(own)


def own_units_that_see(user: Any) -> list[Unit]:
    """The units through which a user sees people, to narrow the list by."""
    return list(Unit.objects.filter(pk__in=own_unit_ids(user)).order_by("name"))
