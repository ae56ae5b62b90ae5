from datetime import UTC, date, datetime, timedelta

import pytest

from pourtous.messaging.models import Message
from pourtous.people.models import BulkReading, FileReading
from pourtous.people.operations import read_file
from pourtous.people.operations.openings import open_file
from pourtous.people.queries.readings import openings_to_see
from tests.accounts.factories import MembershipFactory, UnitFactory, UserFactory
from tests.people.factories import FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def reader(settings):
    settings.PEOPLE_BULK_READINGS = 3
    post = MembershipFactory(unit__capabilities=["mediation"])
    MembershipFactory(unit=post.unit, role="manager")
    return post


def read(reader, count, now=NOW):
    for _n in range(count):
        read_file(person=PersonFactory(), actor=reader.user, what="people.file", now=now)


def test_a_reading_says_who_whose_when_and_for_which_unit(reader):
    person = FollowUpFactory(unit=reader.unit).person
    reading = read_file(person=person, actor=reader.user, what="people.file", now=NOW)
    assert (reading.person, reading.user, reading.unit, reading.at) == (person, reader.user, reader.unit, NOW)
    assert reading.what == "people.file"


def test_the_same_file_again_is_no_bulk_reading(reader):
    person = PersonFactory()
    for _n in range(10):
        read_file(person=person, actor=reader.user, what="people.file", now=NOW)
    assert not BulkReading.objects.exists()
    assert FileReading.objects.count() == 10


def test_too_many_files_within_an_hour_are_told_once(reader):
    read(reader, 3)
    assert not BulkReading.objects.exists()
    read(reader, 4, NOW + timedelta(minutes=59))
    alert = BulkReading.objects.get()
    assert (alert.user, alert.count) == (reader.user, 4)
    message = Message.objects.get()
    assert message.to == reader.unit.memberships.get(role="manager").user.email
    assert reader.user.name in message.text


def test_files_over_a_day_are_work(reader):
    for hour in range(8):
        read(reader, 3, NOW + timedelta(hours=hour, minutes=hour))
    assert not BulkReading.objects.exists()


def test_a_manager_alone_is_told_to_the_team_that_steers(settings):
    settings.PEOPLE_BULK_READINGS = 1
    steering = MembershipFactory(unit__capabilities=["steering"], role="manager")
    alone = MembershipFactory(unit__capabilities=["mediation"], role="manager")
    read(alone, 2)
    assert Message.objects.get().to == steering.user.email


def test_a_file_opened_just_after_midnight_in_france_is_told_to_who_follows_the_person_since_that_day():
    after_midnight = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)
    here, elsewhere = UnitFactory(capabilities=["mediation"]), UnitFactory(capabilities=["mediation"])
    manager = MembershipFactory(unit=here, role="manager").user
    person = FollowUpFactory(unit=here, started_on=date(2026, 11, 24)).person
    opening = open_file(
        person=person, unit=elsewhere, reason="Elle est devant moi.", actor=UserFactory(), now=after_midnight
    )
    assert openings_to_see(manager, now=after_midnight) == [opening]
