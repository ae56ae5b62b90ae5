"""From the page of an appointment to its activity, filled in; nobody else records in a mediator's place."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from pourtous.agenda.enums import AppointmentState
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory
from tests.activities.factories import ActivityFactory
from tests.agenda.factories import AppointmentFactory, AppointmentKindFactory, ResourceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def post():
    return MembershipFactory(unit__capabilities=["mediation"])


@pytest.fixture
def appointment(post):
    return AppointmentFactory(
        kind=AppointmentKindFactory(unit=post.unit),
        mediator=ResourceFactory(user=post.user, unit=post.unit),
        starts_at=NOW - timedelta(hours=1),
        state=AppointmentState.HONOURED,
    )


def page_of(client, user, appointment):
    client.force_login(user)
    return client.get(reverse("appointment", args=(appointment.code,))).content.decode()


def test_the_button_leads_to_the_entry_filled_in(client, post, appointment):
    link = f"{reverse('activity-new')}?rendez-vous={appointment.code}"
    assert link in page_of(client, post.user, appointment)
    entry = client.get(link, follow=True).content.decode()
    assert f'value="{appointment.code}"' in entry


def test_not_before_it_begins_nor_when_nobody_came(client, post, appointment):
    link = f"?rendez-vous={appointment.code}"
    for facts in ({"starts_at": NOW + timedelta(minutes=10), "state": "booked"}, {"state": "missed"}):
        for name, value in facts.items():
            setattr(appointment, name, value)
        appointment.ends_at = appointment.starts_at + timedelta(minutes=45)
        appointment.save()
        assert link not in page_of(client, post.user, appointment)


def test_a_colleague_sees_the_appointment_without_the_button(client, post, appointment):
    colleague = MembershipFactory(unit=post.unit)
    assert f"?rendez-vous={appointment.code}" not in page_of(client, colleague.user, appointment)


def test_once_recorded_it_leads_to_the_activity(client, post, appointment):
    made = ActivityFactory(mediator=post.user, appointment=appointment)
    page = page_of(client, post.user, appointment)
    assert reverse("activity", args=(made.pk,)) in page
    assert f"?rendez-vous={appointment.code}" not in page
