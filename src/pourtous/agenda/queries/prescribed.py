"""Appointments a prescriber's units booked for the people they follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.agenda.enums import Booker
from pourtous.agenda.models import Appointment
from pourtous.people.models import Person
from pourtous.people.queries import followed, following_unit_ids


@dataclass(frozen=True)
class Prescribed:
    """One appointment; `person` only when a unit of the reader still follows them."""

    appointment: Appointment
    person: Person | None


def prescriber_units(user: Any) -> frozenset[UUID]:
    """The user's units of prescribers, where personal data may be held."""
    held = standing_of(user).held(personal=True)
    return frozenset(post.unit_id for post in held if Capability.PRESCRIBER.value in post.capabilities)


def unit_that_follows(user: Any, person: Person, *, on: date) -> Unit | None:
    """The unit of prescribers in whose name this user books for the person."""
    both = prescriber_units(user) & following_unit_ids(person, on=on)
    return Unit.objects.filter(pk__in=both).order_by("name", "id").first()


def prescribed(user: Any) -> QuerySet[Appointment]:
    """Appointments booked by the user's units, latest first."""
    rows = Appointment.objects.filter(prescriber_unit__in=prescriber_units(user), booked_through=Booker.PRESCRIBER)
    return rows.select_related("kind", "place", "person", "booked_by").order_by("-starts_at", "id")


def with_persons(rows: Iterable[Appointment], user: Any, *, on: date) -> list[Prescribed]:
    """The same with the persons this user may see by name. One query more."""
    listed = list(rows)
    wanted = [one.person_id for one in listed if one.person_id]
    seen = {person.pk: person for person in followed(user, among=wanted, on=on)}
    return [Prescribed(one, seen.get(one.person_id) if one.person_id else None) for one in listed]


def prescribed_one(user: Any, code: str) -> Appointment | None:
    """One of them; None for anything else."""
    return prescribed(user).filter(code=code).first()
