from datetime import UTC, datetime, timedelta

import pytest

from pourtous.messaging.models import Message
from pourtous.people.contacts import Contact
from pourtous.people.enums import Reach
from pourtous.people.operations import tell

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOBILE, LANDLINE, EMAIL = "+33639981234", "+33465712010", "zoe@courrier.example"
LINES = ("Zoé Dupré", "3 rue des Salins", "34990 Rive")


def told(**contact):
    return tell(
        contact=Contact("Zoé", **contact),
        subject="Votre rendez-vous",
        text="Bonjour, un long texte.",
        short_text="Un court texte.",
        now=NOW,
        about="tests",
        key="tests:1",
        ttl=NOW + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("contact", "channel", "to"),
    [
        ({"phone": MOBILE, "email": EMAIL}, "sms", MOBILE),
        ({"phone": MOBILE, "email": EMAIL, "reach": Reach.EMAIL}, "email", EMAIL),
        ({"phone": MOBILE, "reach": Reach.EMAIL}, "sms", MOBILE),
        ({"phone": LANDLINE, "email": EMAIL}, "email", EMAIL),
        ({"phone": LANDLINE, "postal_lines": LINES}, "letter", "\n".join(LINES)),
        ({"phone": MOBILE, "postal_lines": LINES, "reach": Reach.LETTER}, "letter", "\n".join(LINES)),
    ],
)
def test_the_way_they_chose_else_one_they_have(contact, channel, to):
    message = told(**contact)
    assert (message.channel, message.to, message.key) == (channel, to, "tests:1")
    assert Message.objects.count() == 1


def test_a_text_message_gets_the_short_text():
    assert told(phone=MOBILE).text == "Un court texte."
    assert told(email=EMAIL).text == "Bonjour, un long texte."


@pytest.mark.parametrize(
    "contact",
    [
        {},
        {"phone": LANDLINE},
        {"phone": MOBILE, "reach": Reach.NONE},
        {"phone": MOBILE, "reach": Reach.CALL},
        {"reach": Reach.ORGANISATION},
        {"postal_lines": ("seule",), "reach": Reach.LETTER},
    ],
)
def test_nobody_can_be_reached(contact):
    assert told(**contact) is None
    assert not Message.objects.exists()


def test_what_the_outbox_refuses_goes_another_way():
    assert told(phone="+15551234567", email=EMAIL).channel == "email"


def test_through_an_organisation_no_name_leaves():
    message = told(reach=Reach.ORGANISATION, through=("accueil@asso.example",), reference="ABCD1234", phone=MOBILE)
    assert (message.channel, message.to) == ("email", "accueil@asso.example")
    assert "ABCD1234" in message.text
    assert "Zoé" not in message.text
