"""Who read whose file: written at each reading, and told to the manager when somebody reads very many."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Unit, User
from pourtous.accounts.queries import standing_of
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.messaging.operations import send_email
from pourtous.people.models import BulkReading, FileOpening, FileReading, Person
from pourtous.people.queries import following_unit_ids

WINDOW = timedelta(hours=1)


def read_file(*, person: Person, actor: User, what: str, now: datetime) -> FileReading:
    """Write that somebody read a file: `what` says which page ("people.file"). Called by each view that shows one."""
    with transaction.atomic():
        opening = FileOpening.objects.filter(person=person, user=actor, opened_at__lte=now, until__gt=now).first()
        unit_id = _reading_unit(person, actor, now)
        reading = FileReading.objects.create(
            person=person,
            user=actor,
            unit_id=unit_id or (opening.unit_id if opening else None),
            at=now,
            what=what,
            opening=None if unit_id else opening,
        )
        _watch(actor, now)
    return reading


def _reading_unit(person: Person, actor: User, now: datetime) -> UUID | None:
    following = following_unit_ids(person, on=paris(now).date())
    held = (post.unit_id for post in standing_of(actor).held(personal=True))
    return next((unit_id for unit_id in held if unit_id in following), None)


def _watch(actor: User, now: datetime) -> None:
    """One alert a day for a user who opens more files within an hour than work asks for."""
    recent = FileReading.objects.filter(user=actor, at__gt=now - WINDOW, at__lte=now)
    count = recent.order_by().values("person").distinct().count()
    if count <= settings.PEOPLE_BULK_READINGS:
        return
    day = paris(now).date()
    _alert, is_new = BulkReading.objects.get_or_create(user=actor, on=day, defaults={"at": now, "count": count})
    if is_new:
        record(actor=actor, verb="people.read_many", subject=actor, now=now, details={"count": count})
        tell_managers(
            units=[post.unit_id for post in standing_of(actor).posts],
            about_user=actor,
            subject=_("Pourtous: many files opened within an hour"),
            text=_(
                "%(name)s opened %(count)s files of people within an hour. See who and when on your home page, then"
                " ask them why."
            )
            % {"name": actor.name, "count": count},
            now=now,
            about="people.bulk_reading",
        )


def tell_managers(
    *, units: Iterable[UUID], about_user: User, subject: str, text: str, now: datetime, about: str
) -> list[User]:
    """Write to the managers of these units; to those of the steering team when there is no other than who it is about."""
    told = _managers(Unit.objects.filter(pk__in=list(units)), about_user)
    if not told:
        told = _managers(Unit.objects.filter(capabilities__has=Capability.STEERING.value), about_user)
    for one in told:
        send_email(to=one.email, subject=subject, text=text, now=now, about=about)
    return told


def _managers(units: QuerySet[Unit], but: User) -> list[User]:
    managers = User.objects.filter(
        memberships__unit__in=units,
        memberships__unit__is_active=True,
        memberships__unit__organisation__is_active=True,
        memberships__role=Role.MANAGER,
        is_active=True,
    )
    return list(managers.exclude(pk=but.pk).order_by("email").distinct())
