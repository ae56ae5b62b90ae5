"""Reads about requests of people, for those who answer them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.people.enums import PersonState, RequestKind, RequestState
from pourtous.people.hashing import name_hashes
from pourtous.people.models import Merge, Person, RightsRequest
from pourtous.people.permissions import MANAGE_RIGHTS
from pourtous.people.queries import active_follow_ups, by_code, following_unit_ids, own_unit_ids, person_for, sight_of
from pourtous.people.rules.merging import UNDO_FOR


def steers(user: Any) -> bool:
    """Whether the user is of the team that steers, where it may hold personal data."""
    return standing_of(user).has(Capability.STEERING, personal=True)


def visible_requests(user: Any, *, on: date) -> QuerySet[RightsRequest]:
    """Requests a user may see: all for the team that steers; else of persons one's units follow, or received there."""
    found = RightsRequest.objects.select_related("person", "unit__organisation", "received_by", "answered_by")
    if steers(user):
        return found
    own = own_unit_ids(user)
    # Each looked up in turn: requests are few, and a unit follows thousands.
    mine = active_follow_ups(on).filter(person=OuterRef("person"), unit__in=own)
    return found.filter(Exists(mine) | Q(unit__in=own))


def request_for(user: Any, number: str, *, now: datetime) -> RightsRequest | None:
    """A request by its number; None for strangers and for what does not exist alike."""
    return visible_requests(user, on=paris(now).date()).filter(number=number).first()


def may_answer(user: Any, request: RightsRequest, *, now: datetime) -> bool:
    """The team that steers, or a manager of a unit that follows; what touches other teams' work is for the team alone."""
    if steers(user):
        return True
    if request.person is None:
        return standing_of(user).is_in(request.unit_id, role=Role.MANAGER, personal=True)
    if request.kind in {RequestKind.ERASURE, RequestKind.OBJECTION}:
        following = following_unit_ids(request.person, on=paris(now).date())
        standing = standing_of(user)
        return all(standing.is_in(one, role=Role.MANAGER, personal=True) for one in following) and bool(following)
    return can(user, MANAGE_RIGHTS, sight_of(request.person, now=now))


def find(  # what somebody at the counter can say
    user: Any, *, code: str, first_name: str, last_name: str, birth_year: int | None, now: datetime
) -> Person | None:
    """The one file somebody means: by its code, or by whole names and birth year; nothing of any other file is shown.

    Followers find files of their own units; the team that steers finds all. Several alike: none, the code decides.
    """
    if code:
        return by_code(code) if steers(user) else person_for(user, code, now=now)
    hashes = name_hashes(first_name, last_name, birth_year)
    found = list(Person.objects.filter(name_hash__in=hashes, state=PersonState.ACTIVE)[:2])
    if len(found) != 1:
        return None
    return found[0] if steers(user) else person_for(user, found[0].code, now=now)


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer: how many requests, and the next."""

    count: int
    requests: list[RightsRequest]


def waiting(user: Any, *, on: date, shown: int = 5) -> Waiting:
    """Open requests a user may see, the most urgent first."""
    found = visible_requests(user, on=on).filter(state=RequestState.OPEN).select_related(None)
    count = found.count()
    return Waiting(count, list(found[:shown]) if count else [])


def merges_of(person: Person, *, now: datetime) -> list[Merge]:
    """Merges into a file that can still be undone, newest first."""
    found = Merge.objects.filter(kept=person, undone_at=None, settled_at=None, at__gt=now - UNDO_FOR)
    return list(found.select_related("absorbed", "by"))


def left_alone() -> QuerySet[RightsRequest]:
    """Requests whose person is not written to by themselves: objections not refused, erasures not answered yet."""
    objects = Q(kind=RequestKind.OBJECTION) & ~Q(state=RequestState.REFUSED)
    return RightsRequest.objects.filter(objects | Q(kind=RequestKind.ERASURE, state=RequestState.OPEN))
