"""What is held about a person, what goes with time, what waits at home."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client, RequestFactory

from pourtous.accounts.enums import Capability
from pourtous.agenda import appointment_home as home
from pourtous.agenda.models import Absence, Availability, Resource
from pourtous.agenda.operations import letting_go
from pourtous.agenda.operations.resources import follow_units
from pourtous.kernel import clock
from pourtous.people.holdings import holdings
from tests.accounts.factories import MembershipFactory, someone
from tests.agenda.factories import AppointmentFactory, AvailabilityFactory, ResourceFactory
from tests.people.factories import PersonFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def held():
    return next(one.holding for one in holdings() if one.name == "agenda.appointments")


def test_the_access_file_tells_each_appointment():
    person = PersonFactory()
    one = AppointmentFactory(person=person, need="Ma retraite", first_name="", phone="")
    AppointmentFactory()
    (record,) = held().records(person)
    assert "1er décembre 2026" in str(record.title)
    facts = {str(label): value for label, value in record.facts}
    assert facts["Pour quoi"] == "Ma retraite"
    assert one.unit.name in facts["Avec quelle équipe"]


def test_a_merge_moves_them_and_its_undoing_moves_them_back():
    absorbed, kept = PersonFactory(), PersonFactory()
    one, other = AppointmentFactory(person=absorbed), AppointmentFactory(person=kept)
    keys = held().move(absorbed=absorbed, kept=kept)
    one.refresh_from_db()
    assert one.person == kept
    held().move_back(keys=keys, absorbed=absorbed, kept=kept)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.person, other.person) == (absorbed, kept)


def test_anonymised_rows_stay_without_words():
    person = PersonFactory()
    one = AppointmentFactory(person=person, need="Ma retraite", email="a@b.example", home_address="1, rue")
    held().anonymise(person, now=NOW)
    one.refresh_from_db()
    assert (one.first_name, one.phone, one.email, one.need, one.home_address) == ("", "", "", "", "")
    assert (one.person, one.emptied_at) == (person, NOW)


def test_contacts_go_six_months_after_when_there_is_no_file():
    old = AppointmentFactory(starts_at=datetime(2026, 5, 22, 9, tzinfo=UTC))
    recent = AppointmentFactory(starts_at=datetime(2026, 5, 24, 9, tzinfo=UTC))
    with_file = AppointmentFactory(starts_at=old.starts_at, person=PersonFactory())
    assert letting_go.empty_contacts(now=NOW, dry_run=True) == 1
    assert letting_go.empty_contacts(now=NOW) == 1
    assert letting_go.empty_contacts(now=NOW) == 0
    for row in (old, recent, with_file):
        row.refresh_from_db()
    assert (old.first_name, old.phone, old.emptied_at) == ("", "", NOW)
    assert recent.first_name == "Odile"
    assert with_file.first_name == "Odile"


def test_plans_go_a_year_after():
    resource = ResourceFactory()
    for ends_at in (datetime(2025, 11, 1, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)):
        Absence.objects.create(resource=resource, starts_at=ends_at - timedelta(days=1), ends_at=ends_at)
    AvailabilityFactory(resource=resource, first_on=date(2025, 1, 1), until_on=date(2025, 11, 1))
    AvailabilityFactory(resource=resource)
    assert letting_go.delete_plans(now=NOW, dry_run=True) == 2
    assert letting_go.delete_plans(now=NOW) == 2
    assert (Absence.objects.count(), Availability.objects.count()) == (1, 1)


def test_agendas_are_made_by_themselves_and_keep_the_name_of_their_owner():
    user = someone(Capability.MEDIATION)
    someone(Capability.DONOR)
    assert follow_units() == 1
    assert follow_units() == 0
    user.name = "Un autre nom"
    user.save()
    assert follow_units() == 1
    assert Resource.objects.get().name == "Un autre nom"


def test_home_shows_the_day_then_what_is_to_be_settled(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    post = MembershipFactory(unit__capabilities=[Capability.MEDIATION])
    mine = ResourceFactory(user=post.user, unit=post.unit)
    AppointmentFactory(mediator=mine, kind__unit=post.unit, first_name="Samir", starts_at=NOW + timedelta(hours=2))
    AppointmentFactory(mediator=mine, kind__unit=post.unit, first_name="Odile", starts_at=NOW - timedelta(days=2))
    Absence.objects.create(resource=mine, starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=4))
    client = Client()
    client.force_login(post.user)
    page = client.get("/travail/").content.decode()
    assert "Ma journée" in page
    assert "Sont-ils venus\u00a0?" in page
    assert "Rendez-vous pendant votre absence" in page
    request = RequestFactory().get("/travail/")
    request.user = someone(Capability.DONOR)
    assert home.today(request) is None
    assert home.to_settle(request) is None
    assert home.away(request) is None
