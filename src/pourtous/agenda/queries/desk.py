"""What a professional may look at and choose from in agendas."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.agenda.enums import ResourceKind
from pourtous.agenda.models import AppointmentKind, Availability, Resource
from pourtous.agenda.permissions import USE
from pourtous.kernel.permissions import can
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place


def unit_ids(user: Any) -> frozenset[UUID]:
    """The user's units of mediation, where personal data may be held."""
    held = standing_of(user).held(personal=True)
    return frozenset(post.unit_id for post in held if Capability.MEDIATION.value in post.capabilities)


def units(user: Any, *, role: str | None = None) -> list[Unit]:
    """The same as rows, by name; with `role`, only where they have it."""
    ids = {post.unit_id for post in standing_of(user).held(role=role, personal=True)} & unit_ids(user)
    return list(Unit.objects.filter(pk__in=ids).select_related("organisation").order_by("name", "id"))


def mediator_of(user: Any) -> Resource | None:
    """A user's own agenda, when it has been made."""
    return Resource.objects.select_related("unit").filter(user=user.pk).first()


def colleagues(user: Any) -> list[Resource]:
    """The agendas of all who work in the user's units, one's own first."""
    found = mediators_of(unit_ids(user))
    return sorted(found, key=lambda one: (one.user_id != user.pk, one.name))


def mediators_of(ids: Iterable[UUID]) -> QuerySet[Resource]:
    """The active agendas of those who work in these units."""
    return (
        Resource.objects.filter(
            kind=ResourceKind.MEDIATOR, is_active=True, user__is_active=True, user__memberships__unit__in=list(ids)
        )
        .select_related("unit", "user")
        .distinct()
    )


def agenda_for(user: Any, identity: str) -> Resource | None:
    """The agenda an address names, when it is the user's or a colleague's; without a name, one's own."""
    if not can(user, USE):
        return None
    if not identity:
        return mediator_of(user)
    return next((one for one in colleagues(user) if str(one.pk) == identity), None)


def kinds(ids: Iterable[UUID]) -> QuerySet[AppointmentKind]:
    """The kinds of appointment that may be booked in these units."""
    found = AppointmentKind.objects.filter(unit__in=list(ids), is_active=True).select_related("unit")
    return found.order_by("name", "id")


def rooms(ids: Iterable[UUID]) -> QuerySet[Resource]:
    """Rooms and vehicles of these units."""
    return Resource.objects.filter(unit__in=list(ids), is_active=True).exclude(kind=ResourceKind.MEDIATOR)


def places(ids: Iterable[UUID]) -> QuerySet[Place]:
    """The places these units look after, and those where their agendas are open."""
    mine = list(ids)
    used = Availability.objects.filter(unit__in=mine).exclude(place=None).order_by().values("place")
    found = Place.objects.filter(Q(unit__in=mine) | Q(pk__in=used), state=PlaceState.PUBLISHED)
    return found.order_by("name", "id")
