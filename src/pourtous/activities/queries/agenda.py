"""What the agenda knows of what was done: appointments and sessions of a mediator."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pourtous.activities.models import Activity
from pourtous.agenda.enums import AppointmentState, RegistrationState, SessionState
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.ids import read_code

LOOKED_BACK = timedelta(days=60)


def own_appointment(user: Any, code: str) -> Appointment | None:
    """An appointment of this mediator by its code, unless its activity is recorded."""
    found = Appointment.objects.select_related("place", "kind", "person")
    return found.filter(code=read_code(code) or "", mediator__user=user.pk, activity=None).first()


def own_session(user: Any, code: str) -> Session | None:
    """A session this mediator leads by its code."""
    found = Session.objects.select_related("place", "commune", "course")
    return found.filter(code=read_code(code) or "", mediators__user=user.pk).first()


@dataclass(frozen=True)
class Attendance:
    """Who came: persons with a file (keys), and how many in all."""

    persons: tuple[Any, ...]
    total: int


def attendance(session: Session) -> Attendance:
    """Those marked as present."""
    came = session.registrations.filter(state=RegistrationState.ATTENDED).values_list("person_id", flat=True)
    return Attendance(tuple({key for key in came if key}), len(came))


_MET = (AppointmentState.BOOKED, AppointmentState.HONOURED)


def appointments_to_record(user: Any, *, now: datetime) -> QuerySet[Appointment]:
    """Past appointments of the last weeks that took place, or that nobody settled, without activity."""
    past = Appointment.objects.filter(mediator__user=user.pk, state__in=_MET, activity=None)
    return past.filter(ends_at__lte=now, starts_at__gt=now - LOOKED_BACK).order_by("-starts_at", "pk")


def sessions_to_record(user: Any, *, now: datetime) -> QuerySet[Session]:
    """Past sessions of the last weeks that were not cancelled, for which this mediator recorded nothing."""
    led = Session.objects.filter(mediators__user=user.pk).exclude(state=SessionState.CANCELLED)
    past = led.filter(ends_at__lte=now, starts_at__gt=now - LOOKED_BACK)
    return past.filter(~Exists(_recorded_by(user))).select_related("course").order_by("-starts_at", "pk")


def _recorded_by(user: Any) -> QuerySet[Activity]:
    return Activity.objects.filter(session=OuterRef("pk"), mediator=user.pk, deleted_at=None)


_NOT_CANCELLED = (AppointmentState.BOOKED, AppointmentState.HONOURED, AppointmentState.MISSED)


def appointments_between(user: Any, *, start: datetime, end: datetime) -> list[Appointment]:
    """A mediator's appointments that start within [start, end), cancelled ones left out."""
    mine = Appointment.objects.filter(mediator__user=user.pk, state__in=_NOT_CANCELLED)
    rows = mine.filter(starts_at__gte=start, starts_at__lt=end).select_related("person", "kind", "place", "activity")
    return list(rows.order_by("starts_at", "pk"))


def sessions_between(user: Any, *, start: datetime, end: datetime) -> list[Session]:
    """The sessions they lead that start within [start, end), each with `is_recorded` by them."""
    led = Session.objects.filter(mediators__user=user.pk).exclude(state=SessionState.CANCELLED)
    rows = led.filter(starts_at__gte=start, starts_at__lt=end).annotate(is_recorded=Exists(_recorded_by(user)))
    return list(rows.select_related("course", "place", "commune").order_by("starts_at", "pk"))
