"""Reads about people. What other apps use stands here; the rest in the modules beside."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import paris
from pourtous.kernel.ids import read_code
from pourtous.kernel.permissions import can
from pourtous.kernel.text import fold
from pourtous.people.enums import PersonState
from pourtous.people.models import FileOpening, FollowUp, Person
from pourtous.people.permissions import FOLLOWERS, SEE
from pourtous.people.rules.phones import read_phone
from pourtous.people.rules.sight import Sight

_WORDS = 8
_GONE = (PersonState.MERGED, PersonState.ANONYMISED)


def active_follow_ups(on: date) -> QuerySet[FollowUp]:
    """Follow-ups that count on this day."""
    return FollowUp.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)


def own_unit_ids(user: Any) -> list[UUID]:
    """The units through which a user may see personal data."""
    return [post.unit_id for post in standing_of(user).held(personal=True)]


def units_that_register(user: Any) -> list[Unit]:
    """The units for which a user may register and follow people, in the order they joined them."""
    held = [post.unit_id for post in standing_of(user).held(personal=True) if FOLLOWERS & post.capabilities]
    units = Unit.objects.select_related("organisation").in_bulk(held)
    return [units[identity] for identity in dict.fromkeys(held)]


def followed(user: Any, *, words: str = "", among: Iterable[UUID] | None = None, on: date) -> QuerySet[Person]:
    """Active persons whom a unit of the user follows on this day, where its organisation may hold personal data.

    `words`: parts of names (accents and case do not matter), or a whole code, or a whole telephone number;
    `among`: only these persons (keys).
    """
    mine = active_follow_ups(on).filter(unit__in=own_unit_ids(user)).order_by()
    # Few persons are looked up one by one, else all that the units follow are read.
    is_mine = Q(pk__in=mine.values("person")) if among is None else Q(Exists(mine.filter(person=OuterRef("pk"))))
    # Said by what is left out: "state = active" would make SQLite read all persons by that index.
    found = Person.objects.filter(is_mine).exclude(state__in=_GONE)
    found = found if among is None else found.filter(pk__in=among)
    return found.filter(_looks_like(words)) if words.strip() else found


def _looks_like(words: str) -> Q:
    parts = fold(words).split()[:_WORDS]
    named = Q(*(Q(search_text__contains=part) for part in parts)) if parts else Q(pk=None)
    if code := read_code(words):
        named |= Q(code=code)
    if phone := read_phone(words):
        named |= Q(phone=phone)
    return named


def person_for(user: Any, code: str, *, now: datetime) -> Person | None:
    """The person of a code, when the user may see the file now; a code of a merged file leads to the kept one.

    None for strangers and for what does not exist alike.
    """
    person = by_code(code)
    return person if person is not None and can(user, SEE, sight_of(person, now=now)) else None


def by_code(code: str) -> Person | None:
    """The active file of a code, whoever asks: never shown without a check."""
    wanted = read_code(code)
    found = Person.objects.select_related("merged_into", "commune", "reach_through").filter(code=wanted or "").first()
    while found is not None and found.state == PersonState.MERGED:
        found = found.merged_into
    return found if found is not None and found.state == PersonState.ACTIVE else None


def sight_of(person: Person, *, now: datetime) -> Sight:
    """What decides who may see this file now: the object of `SEE` and `MANAGE_RIGHTS`."""
    openings = FileOpening.objects.filter(person=person, opened_at__lte=now, until__gt=now)
    opened_by = frozenset(openings.values_list("user_id", flat=True))
    return Sight(person.pk, following_unit_ids(person, on=paris(now).date()), opened_by)


def following_unit_ids(person: Person, *, on: date) -> frozenset[UUID]:
    """The units that follow a person on this day, whoever asks."""
    return frozenset(active_follow_ups(on).filter(person=person).order_by().values_list("unit_id", flat=True))


def follows(user: Any, person: Person, *, on: date) -> bool:
    """Whether a unit of the user follows the person on this day; who only opened the file does not."""
    return bool(following_unit_ids(person, on=on) & {*own_unit_ids(user)})
