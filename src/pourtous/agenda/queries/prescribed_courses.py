"""Registrations for courses that a prescriber's units made for the people they follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pourtous.agenda.enums import Booker, RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.queries.prescribed import prescriber_units
from pourtous.people.models import Person
from pourtous.people.queries import followed

_RELATED = ("session__course", "session__place", "session__commune", "person", "by")
_HOLDING = (RegistrationState.REGISTERED, RegistrationState.WAITING)


@dataclass(frozen=True)
class PrescribedCourse:
    """What was registered at once, by date; `person` only when a unit of the reader still follows them."""

    registrations: list[Registration]
    person: Person | None

    @property
    def first(self) -> Registration:
        """The one whose code stands for all."""
        return self.registrations[0]

    @property
    def attended(self) -> int:
        """At how many they were."""
        return sum(one.state == RegistrationState.ATTENDED for one in self.registrations)

    @property
    def count(self) -> int:
        """How many sessions, cancelled ones left out."""
        return sum(one.state != RegistrationState.CANCELLED for one in self.registrations)

    @property
    def next(self) -> Registration:
        """The first of which nothing has become yet, else the last."""
        waited = (one for one in self.registrations if one.state in _HOLDING)
        return next(waited, self.registrations[-1])


def registered_by_units(user: Any) -> QuerySet[Registration]:
    """All registrations the user's units made as prescribers."""
    return Registration.objects.filter(prescriber_unit__in=prescriber_units(user), through=Booker.PRESCRIBER)


def prescribed_courses(user: Any) -> QuerySet[Registration]:
    """One row for what was registered at once: its first session; latest first."""
    mine = registered_by_units(user)
    at = OuterRef("session__starts_at")
    sooner = Q(session__starts_at__lt=at) | Q(session__starts_at=at, pk__lt=OuterRef("pk"))
    earlier = mine.order_by().filter(sooner, together=OuterRef("together"))
    rows = mine.filter(Q(together=None) | ~Exists(earlier))
    return rows.select_related(*_RELATED).order_by("-session__starts_at", "id")


def with_persons(rows: Iterable[Registration], user: Any, *, on: date) -> list[PrescribedCourse]:
    """Each row alone, with the person when this user may see them by name. One query more."""
    listed = list(rows)
    seen = _seen(listed, user, on)
    return [PrescribedCourse([one], seen.get(one.person_id) if one.person_id else None) for one in listed]


def _seen(rows: list[Registration], user: Any, on: date) -> dict[UUID, Person]:
    return {
        person.pk: person for person in followed(user, among={one.person_id for one in rows if one.person_id}, on=on)
    }


def with_sessions(rows: Iterable[Registration], user: Any, *, on: date) -> list[PrescribedCourse]:
    """The same with all that was registered with each, and the persons this user may see by name. Two queries more."""
    listed = list(rows)
    seen = _seen(listed, user, on)
    groups: dict[UUID, list[Registration]] = {}
    shared = {one.together for one in listed if one.together}
    for one in registered_by_units(user).filter(together__in=shared).select_related(*_RELATED):
        if one.together is not None:
            groups.setdefault(one.together, []).append(one)
    return [_row(one, groups, seen) for one in listed]


def _row(one: Registration, groups: dict[UUID, list[Registration]], seen: dict[UUID, Person]) -> PrescribedCourse:
    mates = groups.get(one.together, [one]) if one.together else [one]
    mates.sort(key=lambda mate: (mate.session.starts_at, mate.pk))
    return PrescribedCourse(mates, seen.get(one.person_id) if one.person_id else None)


def prescribed_course(user: Any, code: str) -> Registration | None:
    """One of them by its code; None for anything else."""
    return registered_by_units(user).select_related(*_RELATED).filter(code=code).first() if code else None


def next_for_home(user: Any, *, now: datetime, shown: int) -> list[Registration]:
    """The seats of one's people in sessions to come, soonest first."""
    rows = registered_by_units(user).filter(state__in=_HOLDING, session__starts_at__gt=now)
    return list(rows.select_related(*_RELATED).order_by("session__starts_at", "id")[:shown])
