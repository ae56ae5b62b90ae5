"""Somebody without an appointment waits for an hour that suits, is told in their turn, and books."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.agenda.enums import WaitingState
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.operations.waiting import forget_waiting, tell_waiting
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel.ids import uuid7
from pourtous.messaging.models import Message
from tests.portal.test_booking import ANSWERS, HOURS, NOW, _monday, booked, first_hour, hall, hrefs, opened, text_of

__all__ = ("_monday", "hall")
pytestmark = pytest.mark.django_db
ASK = "/rendez-vous/attente/"
NEAR = "besoin=demarches&commune=34998"


def asked(client, query=NEAR, **more):
    said = {"prenom": "Odile", "telephone": "06 39 98 00 01", "courriel": "", "cle": str(uuid7())} | more
    return client.post(f"{ASK}?{query}", said)


def told():
    rows = Message.objects.filter(about="agenda.waiting").order_by("queued_at", "pk")
    return list(rows.values_list("to", flat=True))


def test_from_nothing_free_to_an_appointment(client, hall):
    page = client.get(f"{HOURS}?{NEAR}")
    assert f"{ASK}?{NEAR}" in hrefs(page, "waiting-ask")
    page = client.get(f"{ASK}?{NEAR}")
    assert "Quels jours vous vont" in text_of(page)
    answer = asked(client, jours=["1", "2"])
    entry = WaitingEntry.objects.get()
    assert answer.url == reverse("waiting", args=(key_of(entry),))
    assert (entry.kind, entry.appointment, entry.weekdays, entry.phone) == (None, None, ("1", "2"), "+33639980001")
    assert "Vous êtes sur la liste" in text_of(client.get(answer.url))
    assert tell_waiting(now=NOW) == 0
    opened(hall)
    assert tell_waiting(now=NOW + timedelta(minutes=10)) == 1
    message = Message.objects.get(about="agenda.waiting")
    assert "mardi 24 novembre à 9 h" in message.text.replace("\xa0", " ")
    assert message.segments == 1
    short = reverse("waiting-short", args=(key_of(entry),))
    assert short in message.text
    page = client.get(client.get(short).url)
    url = hrefs(page, "booking-ask")[0]
    booked(client, url)
    entry.refresh_from_db()
    assert entry.state == WaitingState.BOOKED
    assert "Vous avez un rendez-vous" in text_of(client.get(answer.url))


def test_also_when_hours_are_free_but_none_suits(client, hall):
    opened(hall)
    page = client.get(f"{HOURS}?{NEAR}")
    assert "Aucune heure ne me va" in text_of(page)
    asked(client, jours=["5"])
    assert tell_waiting(now=NOW) == 0  # never on a Saturday


def test_in_turn_first_come_first_told_and_two_hours_each(client, hall):
    asked(client)
    asked(client, prenom="Nadir", telephone="06 39 98 00 02")
    opened(hall, starts=hall_hour(9), ends=hall_hour(9, 45), weekdays=("1",), until_on=(NOW + timedelta(days=3)).date())
    assert tell_waiting(now=NOW) == 1
    assert told() == ["+33639980001"]
    assert tell_waiting(now=NOW + timedelta(hours=1)) == 0
    assert tell_waiting(now=NOW + timedelta(hours=2, minutes=1)) == 1
    assert told() == ["+33639980001", "+33639980002"]
    assert tell_waiting(now=NOW + timedelta(hours=4)) == 0


def hall_hour(hour, minute=0):
    return NOW.replace(hour=hour, minute=minute).time()


def test_two_free_hours_are_told_to_two(client, hall):
    asked(client)
    asked(client, prenom="Nadir", telephone="06 39 98 00 02")
    opened(hall)
    assert tell_waiting(now=NOW) == 2
    texts = [message.text.replace("\xa0", " ") for message in Message.objects.filter(about="agenda.waiting")]
    assert len({text.split("libre")[1][:40] for text in texts}) == 2


def test_asked_twice_is_once_and_not_without_end(client, hall):
    key = str(uuid7())
    assert asked(client, cle=key).url == asked(client, cle=key).url == asked(client, jours=["3"]).url
    entry = WaitingEntry.objects.get()
    assert entry.weekdays == ("3",)
    for number in range(2):
        asked(client, prenom=f"Autre {number}")
    page = asked(client, prenom="Encore")
    assert "Vous attendez déjà" in text_of(page)
    assert WaitingEntry.objects.count() == 3


def test_giving_up_is_a_button_never_a_link(client, hall):
    url = asked(client).url
    client.get(url)
    assert WaitingEntry.objects.get().state == WaitingState.WAITING
    for _ in range(2):
        assert "n’attendez plus" in text_of(client.post(url, follow=True))
    opened(hall)
    assert tell_waiting(now=NOW) == 0
    assert forget_waiting(now=NOW + timedelta(days=31)) == 1


def test_two_months_later_nobody_waits_any_more(client, hall):
    asked(client)
    tell_waiting(now=NOW + timedelta(days=61))
    assert WaitingEntry.objects.get().state == WaitingState.GIVEN_UP


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"prenom": ""}, "Écrivez un prénom"),
        ({"telephone": ""}, "téléphone ou un e-mail"),
        ({"telephone": "04 65 71 00 09"}, "il faut un mobile ou un courriel"),
        ({"telephone": "12"}, "n’est pas juste"),
        ({"jours": ["9"]}, "jours de la liste"),
        ({"cle": "x" * 61}, ""),
    ],
)
def test_what_is_wrong_is_said(client, hall, wrong, sentence):
    page = asked(client, **wrong)
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert not WaitingEntry.objects.exists()


@pytest.mark.parametrize("query", ["", "lieu=x", "commune=99999", "partout=oui", "besoin=x&lieu=%00"])
def test_any_address_can_be_asked(client, hall, query):
    assert client.get(f"{ASK}?{query}").status_code in {200, 400}
    assert asked(client, query).status_code in {302, 400}


def test_links_that_are_none_of_ours_are_not_found(client, hall):
    asked(client)
    entry = WaitingEntry.objects.get()
    for key in ("x", entry.code, f"{entry.code}AAAAAAAA"):
        assert client.get(reverse("waiting", args=(key,))).status_code == 404


def test_a_first_hour_booked_elsewhere_ends_the_waiting(client, hall):
    asked(client)
    opened(hall)
    assert ANSWERS["prenom"] == "Odile"
    booked(client, first_hour(client))
    assert WaitingEntry.objects.get().state == WaitingState.BOOKED
