"""Who and what can be booked: mediators are made by themselves, rooms and vehicles by managers."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Membership, Unit, User
from pourtous.agenda.enums import ResourceKind
from pourtous.agenda.models import Resource
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError


def ensure_mediator(*, user: User) -> Resource:
    """The agenda of somebody who works in a unit of mediation, made when there is none yet."""
    found = Resource.objects.filter(user=user).select_related("unit").first()
    return found or _made(user, _first_post(user))


def _first_post(user: User) -> Membership:
    post: Membership | None = _posts().filter(user=user).order_by("created_at", "id").first()
    if post is None:
        raise DomainError(_("Your unit does no digital mediation: it has no agenda."))
    return post


def _posts() -> Any:
    return Membership.objects.select_related("unit", "user").filter(
        unit__capabilities__has=Capability.MEDIATION.value, unit__is_active=True, user__is_active=True
    )


def _made(user: User, post: Membership) -> Resource:
    try:
        with transaction.atomic():
            return Resource.objects.create(kind=ResourceKind.MEDIATOR, user=user, name=user.name, unit=post.unit)
    except IntegrityError:  # made meanwhile
        return Resource.objects.select_related("unit").get(user=user)


def follow_units() -> int:
    """Give an agenda to all who work in mediation, and today's name to those who have one. Returns how many changed."""
    posts = list(_posts().order_by("created_at", "id"))
    known = {one.user_id: one for one in Resource.objects.filter(user__in=[post.user_id for post in posts])}
    changed = 0
    for post in posts:
        mine = known.get(post.user_id)
        if mine is None:
            known[post.user_id] = _made(post.user, post)
            changed += 1
        elif mine.name != post.user.name:
            changed += Resource.objects.filter(pk=mine.pk).update(name=post.user.name)
            mine.name = post.user.name
    return changed


def save_room(*, room: Resource | None, unit: Unit, values: dict[str, Any], actor: User, now: datetime) -> Resource:
    """Make or change a room or a vehicle. `values`: kind, name, place, seats, is_active."""
    with transaction.atomic():
        held = room or Resource(unit=unit)
        for name in ("kind", "name", "place", "seats", "is_active"):
            setattr(held, name, values[name])
        held.save()
        record(actor=actor, verb="agenda.save_room", subject=held, now=now)
    return held
