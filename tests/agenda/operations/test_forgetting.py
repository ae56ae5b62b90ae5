"""Reminders sent once; names that go after six months; links that go after two years; merged files."""

from datetime import UTC, datetime, timedelta

import pytest

from pourtous.agenda.course_holdings import Registrations
from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.operations.course_reminders import remind
from pourtous.agenda.operations.forgetting import old_contacts, old_links
from pourtous.agenda.queries.registrations import seat_faults
from pourtous.messaging.models import Message
from tests.agenda.factories import RegistrationFactory, SessionFactory
from tests.people.factories import PersonFactory

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)  # the day before the factory's session
pytestmark = pytest.mark.django_db


def reachable(**other):
    return RegistrationFactory(**{"phone": "", "email": "odile@exemple.example"} | other)


def test_a_reminder_is_sent_once_and_only_to_seats():
    session = SessionFactory(registered=1)
    reachable(session=session)
    reachable(session=session, state=RegistrationState.WAITING, email="attend@exemple.example")
    reachable(session=SessionFactory(starts_at=NOW + timedelta(days=5), ends_at=NOW + timedelta(days=6)))
    assert remind(now=NOW) == 1
    assert remind(now=NOW) == 0
    message = Message.objects.get()
    assert message.to == "odile@exemple.example"
    assert Registration.objects.get(email=message.to, session=session).code in message.text


def test_who_has_just_registered_is_not_reminded():
    starts_at = NOW + timedelta(hours=20)
    session = SessionFactory(starts_at=starts_at)
    reachable(session=session, created_at=starts_at - timedelta(hours=47))
    assert remind(now=NOW) == 0
    reachable(session=session, email="tot@exemple.example", created_at=starts_at - timedelta(hours=49))
    assert remind(now=NOW) == 1


def test_nothing_is_sent_once_it_has_begun():
    reachable(session=SessionFactory(starts_at=NOW - timedelta(minutes=1)))
    assert remind(now=NOW) == 0


def test_contacts_go_after_six_months_and_seats_stay():
    row = reachable(session=SessionFactory(registered=1), first_name="Odile", contact_key="x")
    ends = row.session.ends_at
    assert old_contacts(now=ends + timedelta(days=182)) == 0
    later = ends + timedelta(days=184)
    assert old_contacts(now=later, dry_run=True) == 1
    assert old_contacts(now=later) == 1
    assert old_contacts(now=later) == 0
    row.refresh_from_db()
    assert (row.first_name, row.phone, row.email, row.contact_key) == ("", "", "", "")
    assert row.emptied_at == later
    assert seat_faults() == []


def test_who_it_was_goes_after_two_years():
    row = RegistrationFactory(session=SessionFactory(registered=1), person=PersonFactory())
    ends = row.session.ends_at
    assert old_links(now=ends + timedelta(days=729)) == 0
    assert old_links(now=ends + timedelta(days=731), dry_run=True) == 1
    assert old_links(now=ends + timedelta(days=731)) == 1
    row.refresh_from_db()
    assert row.person is None


def test_registrations_follow_a_merged_file_and_come_back():
    absorbed, kept = PersonFactory(), PersonFactory()
    both = SessionFactory(registered=2)
    stays = RegistrationFactory(session=both, person=absorbed)
    RegistrationFactory(session=both, person=kept)
    moves = RegistrationFactory(person=absorbed)
    keys = Registrations().move(absorbed=absorbed, kept=kept)
    assert keys == [str(moves.pk)]
    assert list(absorbed.registrations.all()) == [stays]
    Registrations().move_back(keys=keys, absorbed=absorbed, kept=kept)
    assert set(absorbed.registrations.all()) == {stays, moves}


def test_the_access_file_and_anonymisation():
    row = RegistrationFactory(session=SessionFactory(registered=1), person=PersonFactory(), first_name="Odile")
    (told,) = Registrations().records(row.person)
    assert row.session.course.title in dict(told.facts).values()
    Registrations().anonymise(row.person, now=NOW)
    row.refresh_from_db()
    assert (row.first_name, row.phone) == ("", "")


def test_a_wrong_counter_is_seen():
    session = SessionFactory(registered=2)
    RegistrationFactory(session=session)
    assert seat_faults() == [f"{session.code}: 2 counted, 1 held"]
