"""Whether somebody has a file already, without showing strangers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from pourtous.accounts.models import Unit
from pourtous.kernel.clock import paris
from pourtous.kernel.text import fold
from pourtous.people.enums import PersonState
from pourtous.people.hashing import name_hashes, phone_hashes
from pourtous.people.models import Person
from pourtous.people.queries import active_follow_ups, followed, own_unit_ids
from pourtous.people.rules.phones import read_phone
from pourtous.people.rules.similar import Trace, similar

SHOWN = 5


@dataclass(frozen=True)
class Lookalikes:
    """Files of one's own units that may be of the same person, and other units to ask about a similar one."""

    own: tuple[Person, ...] = ()
    elsewhere: tuple[Unit, ...] = ()
    found: tuple[Person, ...] = ()  # behind `elsewhere`: for the journal, never shown

    def __bool__(self) -> bool:
        return bool(self.own or self.elsewhere)


def lookalikes(
    user: Any, *, first_name: str, last_name: str, birth_year: int | None, phone: str, now: datetime
) -> Lookalikes:
    """Who may be the same person: by likeness in one's own files; elsewhere by keyed hash, where the person agreed."""
    today, number = paris(now).date(), read_phone(phone) or ""
    asked = Trace(None, fold(f"{last_name} {first_name}"), birth_year, number)
    own = _own(user, asked, today)
    strangers = _strangers(name_hashes(first_name, last_name, birth_year), phone_hashes(number))
    found = [one for one in strangers if one.pk not in {person.pk for person in own}]
    return Lookalikes(tuple(own), tuple(_units(user, found, today)), tuple(found))


def _own(user: Any, asked: Trace, today: date) -> list[Person]:
    rows = followed(user, on=today).order_by().values_list("id", "search_text", "birth_year", "phone")
    closest = similar(asked, (Trace(*row) for row in rows))[:SHOWN]
    people = Person.objects.select_related("commune").in_bulk(closest)
    return [people[identity] for identity in closest]


def _strangers(names: list[str], phones: list[str]) -> list[Person]:
    if not names and not phones:
        return []
    same = Q(name_hash__in=names) | Q(phone_hash__in=phones)
    return list(Person.objects.filter(same, state=PersonState.ACTIVE, agrees_to_be_found=True)[:SHOWN])


def _units(user: Any, found: list[Person], today: date) -> list[Unit]:
    """Units to ask: those that follow, one's own left out."""
    if not found:
        return []
    following = active_follow_ups(today).filter(person__in=found).exclude(unit__in=own_unit_ids(user))
    units = Unit.objects.filter(pk__in=following.order_by().values("unit"), is_active=True)
    return list(units.select_related("organisation").order_by("organisation__name", "name"))
