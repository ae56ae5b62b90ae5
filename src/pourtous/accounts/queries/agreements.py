"""Reads about agreements, and whether an organisation may hold personal data."""

from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pourtous.accounts.models import Agreement, Organisation
from pourtous.accounts.rules.agreements import KINDS_OF_ROLE


def may_hold_personal_data(organisation_id: UUID, *, on: date) -> bool:
    """Whether an organisation's role and a fitting agreement are recorded and in force (`rules.agreements`)."""
    return Organisation.objects.filter(covered(on, "pk"), pk=organisation_id).exists()


def covered(day: date, organisation: str) -> Exists:
    """The condition that the organisation in this column of the outer query may hold personal data on this day.

    The same rule as `rules.agreements.may_hold`; a test holds them together.
    """
    fits = (Q(organisation__data_role=role, kind__in=sorted(kinds)) for role, kinds in KINDS_OF_ROLE.items())
    return Exists(in_force(day).filter(reduce(or_, fits), organisation=OuterRef(organisation)).order_by())


def in_force(day: date) -> QuerySet[Agreement]:
    """Agreements that count on this day."""
    return Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        Q(ended_on=None) | Q(ended_on__gt=day),
        signed_on__lte=day,
        starts_on__lte=day,
    )
