"""Courses and sessions as those who hold them see them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.agenda.enums import CourseState, Format, RegistrationState, ResourceKind, SessionState
from pourtous.agenda.models import Course, CourseRun, Registration, Resource, Session
from pourtous.kernel.clock import paris
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place

_HOLDING = frozenset({Capability.HOST.value, Capability.MEDIATION.value})
_TO_TAKE = timedelta(days=14)


def holding_unit_ids(user: Any, *, personal: bool = False) -> list[UUID]:
    """The units for which a user holds courses; `personal`: where they may also see who registered."""
    held = standing_of(user).held(personal=personal)
    return list(dict.fromkeys(post.unit_id for post in held if _HOLDING & post.capabilities))


def holding_units(user: Any) -> QuerySet[Unit]:
    """The same as rows."""
    return Unit.objects.filter(pk__in=holding_unit_ids(user)).select_related("organisation").order_by("name", "id")


def courses_of(user: Any, *, state: str = "", words: str = "", now: datetime) -> QuerySet[Course]:
    """The courses of a user's units, with `coming` (sessions planned) and `next_at`; drafts and published first."""
    coming = Q(sessions__state=SessionState.PLANNED, sessions__starts_at__gt=now)
    rows = Course.objects.filter(unit_id__in=holding_unit_ids(user)).select_related("unit")
    rows = rows.filter(state=state) if state in CourseState.values else rows.exclude(state=CourseState.CLOSED)
    for word in words.split()[:5]:
        rows = rows.filter(title__icontains=word)
    counted = rows.annotate(coming=Count("sessions", filter=coming), next_at=Min("sessions__starts_at", filter=coming))
    return counted.order_by("title", "id")


def course(code: str) -> Course | None:
    """A course by its code."""
    return Course.objects.select_related("unit__organisation").filter(code=code).first()


def session(code: str) -> Session | None:
    """A session by its code, with all its page shows."""
    related = ("course__unit__organisation", "unit", "place", "commune", "room", "run")
    return Session.objects.select_related(*related).prefetch_related("mediators").filter(code=code).first()


def runs_of(held: Course) -> list[CourseRun]:
    """The runs of a course with their sessions in order, the newest first."""
    runs = held.runs.prefetch_related("sessions__place", "sessions__commune").order_by("-created_at", "-id")
    return list(runs[:20])


def sessions_on(user: Any, *, first: datetime, last: datetime) -> QuerySet[Session]:
    """Sessions of a user's units, or led by them, that begin in a half-open period; cancelled ones left out."""
    mine = Q(unit_id__in=holding_unit_ids(user)) | Q(mediators__user_id=getattr(user, "pk", None))
    rows = Session.objects.filter(mine, starts_at__gte=first, starts_at__lt=last)
    rows = rows.exclude(state=SessionState.CANCELLED).select_related("course", "place", "commune")
    return rows.order_by("starts_at", "id").distinct()


def attendance_to_take(user: Any, *, now: datetime) -> QuerySet[Session]:
    """Sessions of the last fortnight that have begun and where somebody has no mark yet, oldest first."""
    unmarked = Registration.objects.filter(session=OuterRef("pk"), state=RegistrationState.REGISTERED)
    rows = Session.objects.filter(
        Exists(unmarked),
        unit_id__in=holding_unit_ids(user, personal=True),
        starts_at__lte=now,
        starts_at__gt=now - _TO_TAKE,
    )
    return rows.exclude(state=SessionState.CANCELLED).select_related("course", "place").order_by("starts_at", "id")


def events_today(user: Any, *, now: datetime) -> QuerySet[Session]:
    """Events of going to people of today, to count at."""
    start = paris(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = sessions_on(user, first=start, last=start + timedelta(days=1))
    return rows.filter(course__format=Format.OUTREACH)


def mediators_of(unit: Unit) -> QuerySet[Resource]:
    """Who may lead a session of this unit."""
    return Resource.objects.filter(kind=ResourceKind.MEDIATOR, unit=unit, is_active=True).order_by("name", "id")


def rooms_of(unit: Unit) -> QuerySet[Resource]:
    """What a session of this unit may take."""
    return Resource.objects.filter(unit=unit, is_active=True).exclude(kind=ResourceKind.MEDIATOR).order_by("name", "id")


def places_of(unit: Unit) -> QuerySet[Place]:
    """Places a unit holds sessions at: its organisation's own, and those where it has been."""
    been = Session.objects.filter(unit=unit).exclude(place=None).values("place")
    own = Q(unit__organisation_id=unit.organisation_id) | Q(pk__in=been)
    return Place.objects.filter(own, state=PlaceState.PUBLISHED).order_by("sort_name", "code")
