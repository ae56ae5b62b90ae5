"""What is booked although nobody is there."""

from datetime import timedelta

import pytest

from pourtous.agenda.models import Absence
from pourtous.agenda.queries.outside import during_absences, nobody_there, outside_hours
from tests.agenda.factories import AppointmentFactory, AvailabilityFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda():
    """Open from nine to noon on working days."""
    return AvailabilityFactory().resource


def at(appointment, **changes):
    return appointment.starts_at + timedelta(**changes)


def test_each_is_found_once_however_it_came_to_be_and_read_once(agenda, django_assert_num_queries):
    inside = AppointmentFactory(mediator=agenda)
    away = AppointmentFactory(mediator=agenda, starts_at=at(inside, days=1))
    late = AppointmentFactory(mediator=agenda, starts_at=at(inside, hours=9))
    both = AppointmentFactory(mediator=agenda, starts_at=at(inside, days=1, hours=9))
    meant = AppointmentFactory(mediator=agenda, starts_at=at(inside, hours=10), booked_through="colleague")
    AppointmentFactory(mediator=ResourceFactory(), starts_at=away.starts_at)
    Absence.objects.create(
        resource=agenda, kind="leave", starts_at=at(away, hours=-3), ends_at=at(both, hours=3), note=""
    )
    now = at(inside, hours=-1)
    with django_assert_num_queries(3):
        found = nobody_there(agenda, now=now)
    assert found == [away, both, late]
    assert meant not in found
    assert during_absences(agenda, now=now) == [away, both]
    assert outside_hours(agenda, now=now) == [late, both]


def test_what_goes_on_is_coming_and_what_is_over_is_not(agenda, django_assert_num_queries):
    late = AppointmentFactory(mediator=agenda, starts_at=at(AppointmentFactory(mediator=agenda), hours=9))
    assert nobody_there(agenda, now=late.ends_at - timedelta(minutes=1)) == [late]
    with django_assert_num_queries(1):
        assert nobody_there(agenda, now=late.ends_at) == []
