"""A prescriber books for a person their unit follows, on one screen; colleagues see it, strangers do not."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import AppointmentState, Booker, Mode
from pourtous.agenda.models import Appointment
from tests.accounts.factories import MembershipFactory
from tests.agenda.factories import AppointmentFactory, AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.agenda.views.conftest import signed_in
from tests.people.factories import FollowUpFactory, PersonFactory
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def prescriber(db):
    return MembershipFactory(unit__capabilities=[Capability.PRESCRIBER])


@pytest.fixture
def person(prescriber):
    person = PersonFactory(first_name="Marceline", last_name="Vautrin", phone="+33639980002")
    FollowUpFactory(person=person, unit=prescriber.unit)
    return person


@pytest.fixture
def hall():
    place = PlaceFactory(name="Le Cabanon")
    kind = AppointmentKindFactory(bookers=(Booker.PRESCRIBER,))
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=place)
    return place


def hour_of(page):
    return page.context["hours"][0].value


def test_from_the_file_to_the_appointment_on_one_screen(prescriber, person, hall):
    client = signed_in(prescriber.user)
    page = client.get(reverse("person", args=(person.code,)))
    address = f"{reverse('prescribe')}?personne={person.code}"
    assert address in page.content.decode()
    page = client.get(address)
    assert "Le Cabanon" in page.content.decode()
    sent = {"person": person.code, "need": "Un dossier", "key": page.context["key"], "hour": hour_of(page)}
    answer = client.post(address, sent)
    made = Appointment.objects.get()
    assert answer.url == reverse("prescribed-one", args=(made.code,))
    assert (made.person, made.prescriber_unit, made.booked_through) == (person, prescriber.unit, Booker.PRESCRIBER)
    assert client.post(address, sent).url == answer.url
    assert Appointment.objects.count() == 1
    page = client.get(answer.url)
    assert "La personne est prévenue" in page.content.decode()


def test_an_hour_taken_meanwhile_and_hours_that_are_none(prescriber, person, hall):
    client = signed_in(prescriber.user)
    page = client.get(reverse("prescribe"))
    sent = {"person": person.code, "hour": hour_of(page)}
    client.post(reverse("prescribe"), sent | {"key": "1"})
    page = client.post(reverse("prescribe"), sent | {"key": "2"})
    assert "vient d’être prise" in page.content.decode()
    for wrong in ("x", "|||", "0|2026-13-01|place|", f"{hour_of(page)}\0"):
        page = client.post(reverse("prescribe"), sent | {"key": "3", "hour": wrong})
        assert page.status_code in {200, 400}
    assert Appointment.objects.count() == 1


def test_hours_for_the_public_only_are_not_offered(prescriber, person):
    kind = AppointmentKindFactory(bookers=(Booker.PUBLIC,))
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=PlaceFactory())
    assert signed_in(prescriber.user).get(reverse("prescribe")).context["hours"] == []


def test_only_people_of_ones_unit(prescriber, hall):
    stranger = PersonFactory(first_name="Autre", last_name="Inconnu")
    client = signed_in(prescriber.user)
    page = client.get(reverse("prescribe"), {"personne": stranger.code})
    assert "Inconnu" not in page.content.decode()
    page = client.post(reverse("prescribe"), {"person": stranger.code, "key": "1", "hour": hour_of(page)})
    assert page.status_code == 200
    assert not Appointment.objects.exists()


def test_owner_colleague_stranger_and_other_capabilities(prescriber, person, post):
    made = AppointmentFactory(person=person, booked_through=Booker.PRESCRIBER, prescriber_unit=prescriber.unit)
    colleague = MembershipFactory(unit=prescriber.unit)
    stranger = MembershipFactory(unit__capabilities=[Capability.PRESCRIBER])
    page = reverse("prescribed-one", args=(made.code,))
    for one in (prescriber, colleague):
        assert "Vautrin" in signed_in(one.user).get(page).content.decode()
        assert "Vautrin" in signed_in(one.user).get(reverse("prescribed")).content.decode()
    assert signed_in(stranger.user).get(page).status_code == 404
    assert made.code not in signed_in(stranger.user).get(reverse("prescribed")).content.decode()
    assert signed_in(post.user).get(page).status_code == 404


def test_once_nobody_follows_the_name_is_gone_and_what_became_stays(prescriber):
    person = PersonFactory(first_name="Marceline", last_name="Vautrin")
    made = AppointmentFactory(
        person=person,
        booked_through=Booker.PRESCRIBER,
        prescriber_unit=prescriber.unit,
        state=AppointmentState.MISSED,
        mode=Mode.PHONE,
        starts_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )
    text = signed_in(prescriber.user).get(reverse("prescribed"), {"etat": "missed"}).content.decode()
    assert made.code in text
    assert "Vautrin" not in text
    assert "La personne n’est pas venue" in text


def test_the_list_takes_few_queries(prescriber, person, django_assert_max_num_queries):
    for _ in range(12):
        AppointmentFactory(person=person, booked_through=Booker.PRESCRIBER, prescriber_unit=prescriber.unit)
    client = signed_in(prescriber.user)
    client.get(reverse("prescribed"))
    with django_assert_max_num_queries(18):
        client.get(reverse("prescribed"))
