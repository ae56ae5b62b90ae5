"""Resources, appointments, courses and sessions for tests."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory

from pourtous.agenda.enums import Booker, CourseState, Mode, ResourceKind, Theme
from pourtous.agenda.models import (
    Appointment,
    AppointmentKind,
    Availability,
    Course,
    CourseRun,
    Registration,
    Resource,
    Session,
)
from tests.accounts.factories import UnitFactory, UserFactory

_BOOKED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
_STARTS_AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


class ResourceFactory(DjangoModelFactory):
    """A mediator."""

    class Meta:
        model = Resource

    kind = ResourceKind.MEDIATOR
    user = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda resource: resource.user.name if resource.user else "Salle")
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))


class RoomFactory(DjangoModelFactory):
    """A room."""

    class Meta:
        model = Resource

    kind = ResourceKind.ROOM
    name = factory.Sequence(lambda n: f"Salle {n}")
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    seats = 10


class AppointmentKindFactory(DjangoModelFactory):
    """Forty-five minutes at a place, for anybody."""

    class Meta:
        model = AppointmentKind

    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    name = "Aide aux démarches"
    minutes = 45
    modes = (Mode.PLACE, Mode.PHONE)
    bookers = (Booker.PUBLIC, Booker.PRESCRIBER, Booker.COLLEAGUE, Booker.DESK)


class AvailabilityFactory(DjangoModelFactory):
    """Mondays to Fridays, nine to noon."""

    class Meta:
        model = Availability
        skip_postgeneration_save = True

    resource = factory.SubFactory(ResourceFactory)
    unit = factory.LazyAttribute(lambda availability: availability.resource.unit)
    mode = Mode.PLACE
    weekdays = ("0", "1", "2", "3", "4")
    starts = time(9)
    ends = time(12)
    first_on = date(2026, 1, 5)

    @factory.post_generation
    def kinds(self, create, given, **_):
        if create and given:
            self.kinds.set(given)


class AppointmentFactory(DjangoModelFactory):
    """A first name and a phone; without ticks (operations take them)."""

    class Meta:
        model = Appointment

    kind = factory.SubFactory(AppointmentKindFactory)
    unit = factory.LazyAttribute(lambda appointment: appointment.kind.unit)
    mediator = factory.SubFactory(ResourceFactory)
    mode = Mode.PLACE
    starts_at = _STARTS_AT
    ends_at = factory.LazyAttribute(lambda appointment: appointment.starts_at + timedelta(minutes=45))
    first_name = "Odile"
    phone = "+33639980001"
    booked_through = Booker.PUBLIC
    booked_at = _BOOKED_AT
    state_changed_at = _BOOKED_AT


class CourseFactory(DjangoModelFactory):
    """A published course of a host."""

    class Meta:
        model = Course

    unit = factory.SubFactory(UnitFactory, capabilities=("host",))
    title = factory.Sequence(lambda n: f"Débuter sur ordinateur {n}")
    theme = Theme.COMPUTER
    state = CourseState.PUBLISHED
    created_at = _BOOKED_AT


class RunFactory(DjangoModelFactory):
    """A course held once."""

    class Meta:
        model = CourseRun

    course = factory.SubFactory(CourseFactory)
    created_at = _BOOKED_AT


class SessionFactory(DjangoModelFactory):
    """A session of two hours with eight seats."""

    class Meta:
        model = Session

    run = factory.SubFactory(RunFactory)
    course = factory.LazyAttribute(lambda session: session.run.course)
    unit = factory.LazyAttribute(lambda session: session.course.unit)
    starts_at = _STARTS_AT
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))
    seats = 8


class RegistrationFactory(DjangoModelFactory):
    """A seat; the session's counter is the operations' business."""

    class Meta:
        model = Registration

    session = factory.SubFactory(SessionFactory)
    first_name = "Odile"
    phone = "+33639980001"
    through = Booker.PUBLIC
    created_at = _BOOKED_AT
    state_changed_at = _BOOKED_AT
