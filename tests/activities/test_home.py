from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from pourtous.activities import home
from pourtous.kernel import clock
from tests.accounts.factories import someone
from tests.activities.factories import ActivityFactory
from tests.activities.operations.test_record import followed_by, unit_of
from tests.agenda.factories import AppointmentFactory, RegistrationFactory, ResourceFactory, SessionFactory
from tests.people.factories import RightsRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return someone("mediation")


def asked(user, panel):
    request = RequestFactory().get("/")
    request.user = user
    return panel(request)


def past(**changes):
    now = clock.now()
    return {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=2), **changes}


def test_past_appointments_and_sessions_wait_to_be_recorded(mediator, client):
    resource = ResourceFactory(user=mediator)
    person = followed_by(mediator)
    met = past(state="honoured", first_name=person.first_name)
    booked = AppointmentFactory(mediator=resource, person=person, **met)
    AppointmentFactory(mediator=resource, **past(starts_at=clock.now() - timedelta(minutes=2), ends_at=clock.now()))
    AppointmentFactory(mediator=resource, state="missed", **past())
    session = SessionFactory(**past())
    session.mediators.add(resource)
    RegistrationFactory(session=session, person=person, state="attended")
    RegistrationFactory(session=session, state="attended")
    RegistrationFactory(session=session, state="absent", phone="+33639980009")
    panel = asked(mediator, home.to_record)
    assert panel.count == 2

    client.force_login(mediator)
    page = client.get(reverse("activity-new"), {"rendez-vous": booked.code}, follow=True).content.decode()
    assert f'value="{booked.code}"' in page
    page = client.get(reverse("activity-new"), {"seance": session.code}, follow=True).content.decode()
    assert session.course.title in page

    ActivityFactory(mediator=mediator, unit=unit_of(mediator), appointment=booked)
    ActivityFactory(mediator=mediator, unit=unit_of(mediator), session=session)
    assert asked(mediator, home.to_record).count == 0


def test_panels_are_for_mediators(mediator):
    ActivityFactory(mediator=mediator, orientation="autre", day=clock.today() - timedelta(days=25))
    assert asked(mediator, home.orientations).count == 1
    for panel in (home.to_record, home.orientations):
        assert asked(someone("prescriber"), panel) is None


def test_the_home_asks_as_many_questions_for_much_as_for_little(mediator, client, django_assert_max_num_queries):
    resource = ResourceFactory(user=mediator)
    client.force_login(mediator)
    for count in (1, 5):
        for _time in range(count):
            person = followed_by(mediator)
            AppointmentFactory(mediator=resource, person=person, state="honoured", **past())
            ahead = clock.now() + timedelta(days=1)
            AppointmentFactory(mediator=resource, person=person, starts_at=ahead)
            session = SessionFactory(unit=unit_of(mediator), **past())
            session.mediators.add(resource)
            RegistrationFactory(session=session, person=person, state="registered")
            RightsRequestFactory(person=person)
        with django_assert_max_num_queries(38):
            assert client.get(reverse("work-home")).status_code == 200
