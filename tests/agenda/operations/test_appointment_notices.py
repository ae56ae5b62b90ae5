"""What people are told of their appointments, by which way, and when not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from pourtous.agenda.enums import AppointmentState, Booker, Mode
from pourtous.agenda.operations.appointment_notices import note_told
from pourtous.agenda.operations.appointments import Who, book, cancel, move, settle
from pourtous.agenda.rules.notices import fitted
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.rules import sms
from tests.accounts.factories import UnitFactory, UserFactory
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.people.factories import FollowUpFactory, PersonFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
FAR = datetime(2026, 12, 1, 8, tzinfo=UTC)  # nine in Paris, eight days later
SOON = datetime(2026, 11, 24, 8, tzinfo=UTC)
ODILE = Who(first_name="Odile", phone="+33639980001")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _french(settings):
    settings.PUBLIC_URL = "https://pourtous.departement.example"
    with translation.override("fr"):
        yield


@pytest.fixture
def place():
    return PlaceFactory(name="Le Cabanon", address="14, quai des Jouteurs", commune_name="Valbrune")


@pytest.fixture
def kind(place):
    kind = AppointmentKindFactory()
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=place)
    return kind


def made(kind, place, *, who=ODILE, starts_at=FAR, **more):
    facts = {"through": Booker.PUBLIC, "actor": None, "now": NOW} | more
    return book(kind=kind, starts_at=starts_at, mode=Mode.PLACE, place=place, who=who, **facts)


def told(what=""):
    return Message.objects.filter(about=f"agenda.appointment_{what}") if what else Message.objects.all()


def test_confirmed_at_once_and_reminded_two_days_before(kind, place):
    appointment = made(kind, place)
    confirmation, reminder = told("booked").get(), told("reminder").get()
    assert confirmation.channel == reminder.channel == Channel.SMS
    assert appointment.code in confirmation.text
    assert "/r/" + appointment.code in confirmation.text
    assert "mardi 1er décembre à 9 h" in confirmation.text
    assert (confirmation.segments, reminder.segments) == (1, 1)
    assert reminder.next_attempt_at == FAR - timedelta(hours=48)
    assert reminder.expires_at == confirmation.expires_at == FAR
    assert reminder.state == MessageState.QUEUED


def test_no_reminder_when_it_is_less_than_two_days_away(kind, place):
    made(kind, place, starts_at=SOON)
    assert told("booked").count() == 1
    assert not told("reminder").exists()


def test_by_mail_when_there_is_no_mobile(kind, place):
    made(kind, place, who=Who(first_name="Odile", phone="+33465710001", email="odile@courriel.example"))
    message = told("booked").get()
    assert message.channel == Channel.EMAIL
    assert "14, quai des Jouteurs" in message.text
    assert "\u00a0" not in message.text


def test_nothing_when_nobody_can_be_reached_and_somebody_must_call_when_we_change_it(kind, place):
    appointment = made(kind, place, who=Who(first_name="Odile", phone="+33465710001"))
    assert not told().exists()
    appointment.refresh_from_db()
    assert not appointment.must_call
    cancel(appointment=appointment, by_person=False, reason="Je suis malade.", actor=None, now=NOW)
    appointment.refresh_from_db()
    assert appointment.must_call
    note_told(appointment=appointment, actor=UserFactory(), now=NOW)
    appointment.refresh_from_db()
    assert not appointment.must_call


def test_moved_takes_the_reminder_along(kind, place):
    appointment = made(kind, place)
    later = FAR + timedelta(days=2)
    move(appointment=appointment, starts_at=later, through=Booker.PUBLIC, actor=None, now=NOW)
    states = dict(told("reminder").values_list("next_attempt_at", "state"))
    assert states == {
        FAR - timedelta(hours=48): MessageState.CANCELLED,
        later - timedelta(hours=48): MessageState.QUEUED,
    }
    assert "jeudi 3 décembre" in told("moved").get().text


def test_cancelled_by_us_says_why_and_where_to_take_another(kind, place):
    appointment = made(kind, place, who=Who(first_name="Odile", email="odile@courriel.example"))
    cancel(appointment=appointment, by_person=False, reason="Je suis malade.", actor=None, now=NOW)
    assert told("reminder").get().state == MessageState.CANCELLED
    text = told("cancelled").get().text
    assert "Je suis malade." in text
    assert "mardi 1er décembre à 9 h" in text
    assert f"/rendez-vous/heures/?lieu={place.code}" in text
    assert "Heures encore libres" in text


def test_cancelled_by_the_person_sends_nothing_more(kind, place):
    appointment = made(kind, place)
    cancel(appointment=appointment, by_person=True, actor=None, now=NOW)
    assert told("reminder").get().state == MessageState.CANCELLED
    assert not told("cancelled").exists()


def test_a_person_with_a_file_is_reached_as_the_file_says(kind, place):
    person = PersonFactory(first_name="Marc", email="marc@courriel.example", phone="", reach="email")
    made(kind, place, who=Who(person=person), through=Booker.COLLEAGUE, actor=UserFactory())
    message = told("booked").get()
    assert (message.channel, message.to) == (Channel.EMAIL, "marc@courriel.example")


def test_the_prescriber_knows_what_became_of_it_without_a_name(kind, place):
    prescriber, unit = UserFactory(), UnitFactory(capabilities=("prescriber",))
    person = PersonFactory(first_name="Marceline", last_name="Vautrin", phone="+33639980002")
    FollowUpFactory(person=person, unit=unit)
    facts = {"through": Booker.PRESCRIBER, "actor": prescriber, "prescriber_unit": unit}
    appointment = made(kind, place, who=Who(person=person), **facts)
    settle(appointment=appointment, state=AppointmentState.MISSED, actor=UserFactory(), now=FAR + timedelta(hours=1))
    message = Message.objects.get(about="agenda.prescriber")
    assert message.to == prescriber.email
    assert person.code in message.text
    assert "La personne n’est pas venue" in message.text
    assert "Vautrin" not in message.text + message.subject


def test_a_prescriber_whose_unit_no_longer_follows_gets_only_the_code_of_the_appointment(kind, place):
    prescriber, unit = UserFactory(), UnitFactory(capabilities=("prescriber",))
    person = PersonFactory(phone="+33639980002")
    facts = {"through": Booker.PRESCRIBER, "actor": prescriber, "prescriber_unit": unit}
    appointment = made(kind, place, who=Who(person=person), **facts)
    cancel(appointment=appointment, by_person=True, actor=None, now=NOW)
    message = Message.objects.get(about="agenda.prescriber")
    assert appointment.code in message.text
    assert person.code not in message.text


@pytest.mark.parametrize("name", ["Le Cabanon", "Médiathèque intercommunale Simone-de-Beauvoir et des Trois-Rivières"])
def test_text_messages_are_one_part_long(kind, place, name):
    place.name, place.commune_name = name, "Saint-Guilhem-les-Trois-Fontaines"
    place.save()
    appointment = made(kind, place)
    move(appointment=appointment, starts_at=FAR + timedelta(days=1), through=Booker.PUBLIC, actor=None, now=NOW)
    cancel(
        appointment=appointment,
        by_person=False,
        reason="Une réunion imprévue de toute l’équipe nous empêche de vous recevoir ce jour-là, pardon",
        actor=None,
        now=NOW,
    )
    messages = list(told())
    assert len(messages) == 5
    for message in messages:
        assert sms.is_gsm(message.text), message.text
        assert message.segments == 1, message.text


def test_only_what_gives_way_is_shortened():
    assert fitted("%(spot)s %(link)s", {"spot": "Ici", "link": "x"}) == "Ici x"
    text = fitted("%(spot)s %(link)s", {"spot": "mot " * 60, "link": "x" * 50})
    assert text.endswith(" " + "x" * 50)
    assert len(text) <= 160
