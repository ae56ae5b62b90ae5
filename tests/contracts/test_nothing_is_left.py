"""When a person's file goes, no app keeps a word of theirs, but where a column is declared as kept; counts stay."""

from datetime import UTC, datetime

import pytest

from pourtous.activities.models import Activity, Diagnosis, Participation
from pourtous.agenda.models import Appointment, Registration
from pourtous.messaging.models import Message
from pourtous.messaging.operations import send_email
from pourtous.people.operations.access import access_file, as_json
from pourtous.people.operations.erasure import anonymise
from tests.accounts.factories import UserFactory
from tests.activities.factories import ActivityFactory, ParticipationFactory
from tests.agenda.factories import AppointmentFactory, RegistrationFactory
from tests.people.operations.test_erasure import CANARY, declared_kept, marked, places_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def person():
    one = marked()
    known = {"person": one, "first_name": CANARY, "phone": "", "email": "zibeline@mail.example"}
    AppointmentFactory(**known, need=f"{CANARY} veut écrire à sa fille", home_address=f"chez {CANARY}")
    RegistrationFactory(**known)
    ParticipationFactory(person=one, activity=ActivityFactory(notes=f"{CANARY} progresse", participant_count=1))
    Diagnosis.objects.create(
        person=one,
        unit=one.follow_ups.get().unit,
        on=NOW.date(),
        moment="before",
        version="1",
        wish=f"{CANARY} veut écrire",
    )
    send_email(to="zibeline@mail.example", subject=CANARY, text=f"Bonjour {CANARY}", now=NOW)
    return one


def counted():
    kept = (Activity, Participation, Appointment, Registration, Message)
    return [model.objects.count() for model in kept], list(Participation.objects.values_list("age_band", "gender"))


def test_no_word_is_left_in_any_app_and_counts_are_the_same(person):
    before = counted()
    anonymise(person=person, reason="retention", actor=None, now=NOW)
    assert set(places_of(CANARY)) <= declared_kept()
    assert counted() == before


def test_the_access_file_tells_what_every_app_holds(person):
    told = str(as_json(access_file(person=person, actor=UserFactory(), now=NOW)))
    for said in ("écrire à sa fille", "progresse", "veut écrire", f"Bonjour {CANARY}"):
        assert said in told, said
