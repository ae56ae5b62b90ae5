"""Who read what: for managers, and for the person."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Membership, User
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import paris
from pourtous.people.models import BulkReading, FileOpening, FileReading, Person
from pourtous.people.permissions import FOLLOWERS
from pourtous.people.queries import active_follow_ups


def readings_of(person: Person) -> QuerySet[FileReading]:
    """Who read the file of a person, newest first."""
    return FileReading.objects.filter(person=person).select_related("user", "unit__organisation", "opening")


def managed_unit_ids(user: Any) -> list[UUID]:
    """The units whose readings a user watches over."""
    held = standing_of(user).held(role=Role.MANAGER, personal=True)
    return [post.unit_id for post in held if FOLLOWERS & post.capabilities]


def openings_to_see(user: Any, *, now: datetime) -> list[FileOpening]:
    """Files opened with a reason that nobody has looked at: by somebody of the user's units, or of a person they follow."""
    return list(_openings(user, now).filter(seen_at=None).exclude(user=user))


def _openings(user: Any, now: datetime) -> QuerySet[FileOpening]:
    managed = managed_unit_ids(user)
    if not managed:
        return FileOpening.objects.none()
    # Each looked up in turn: openings are few, and a unit follows thousands.
    theirs = active_follow_ups(paris(now).date()).filter(person=OuterRef("person"), unit__in=managed)
    found = FileOpening.objects.filter(Q(unit__in=managed) | Exists(theirs))
    return found.select_related("person", "user", "unit__organisation", "seen_by")


def opening_to_see(user: Any, identity: UUID, *, now: datetime) -> FileOpening | None:
    """One of them, seen or not."""
    return _openings(user, now).filter(pk=identity).exclude(user=user).first()


def openings(user: Any, *, now: datetime) -> QuerySet[FileOpening]:
    """All openings a manager watches over, newest first."""
    return _openings(user, now)


def bulk_readings(user: Any) -> QuerySet[BulkReading]:
    """Alerts about the people of the units whose readings one watches over, newest first.

    The managers of the team that steers see those about managers too: a unit may have a single one.
    """
    watched = Q(unit__in=managed_unit_ids(user))
    if standing_of(user).has(Capability.STEERING, role=Role.MANAGER, personal=True):
        watched |= Q(role=Role.MANAGER)
    people = Membership.objects.filter(watched).order_by().values("user")
    return BulkReading.objects.filter(user__in=people).exclude(user=user).select_related("user", "seen_by")


def bulk_reading(user: Any, identity: UUID) -> BulkReading | None:
    """One of them."""
    return bulk_readings(user).filter(pk=identity).first()


def files_read_by(reader: User, *, until: datetime) -> int:
    """How many files somebody read within the day before a moment."""
    recent = FileReading.objects.filter(user=reader, at__gt=until - timedelta(days=1), at__lte=until)
    return int(recent.order_by().aggregate(count=Count("person", distinct=True))["count"])
