"""A code before the hour is theirs, where abuse is seen: held meanwhile, never booked twice, given back in time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment, BookingCode, Tick
from pourtous.agenda.operations.confirming import release
from pourtous.agenda.queries.agreement import faults
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.ids import uuid7
from pourtous.messaging.models import Message
from tests.portal.test_booking import ANSWERS, NOW, _monday, first_hour, hall, opened, send, text_of

__all__ = ("_monday", "hall")
pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(hall):
    return opened(hall, terms={"asks_code": True})


def held(client, **more):
    url = first_hour(client)
    answer = send(client, url, cle=more.pop("cle", str(uuid7())), **more)
    made = Appointment.with_held.get(state=AppointmentState.HELD)
    assert answer.url == reverse("booking-confirm", args=(key_of(made),))
    return made, answer.url


def code_of(made):
    text = Message.objects.filter(key=f"agenda.appointment:{made.pk}:code").latest("queued_at", "pk").text
    return re.search(r"\b\d{6}\b", text)[0]


def later(monkeypatch, minutes):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=minutes))


def test_the_hour_is_held_then_booked_by_the_code(client, kind):
    url = first_hour(client)
    made, page = held(client)
    assert not Appointment.objects.exists()
    assert list(faults()) == []
    assert url not in client.get("/rendez-vous/heures/?besoin=demarches&commune=34998").content.decode()
    shown = text_of(client.get(page))
    assert "06 39 98 00 01" in shown
    assert "gardée dix minutes" in shown
    assert client.get(reverse("booked", args=(key_of(made),))).status_code == 404
    code = code_of(made)
    answer = client.post(page, {"code": f" {code[:3]} {code[3:]} "})
    assert answer.url == reverse("booked", args=(key_of(made),))
    assert Appointment.objects.get().state == AppointmentState.BOOKED
    assert not BookingCode.objects.exists()
    assert Message.objects.filter(about="agenda.appointment_booked").count() == 1
    assert client.post(page, {"code": code}).url == answer.url
    assert client.get(page).url == answer.url
    assert Message.objects.filter(about="agenda.appointment_booked").count() == 1
    assert list(faults()) == []


def test_a_double_click_holds_once(client, kind):
    key, url = str(uuid7()), first_hour(client)
    first = send(client, url, cle=key)
    assert send(client, url, cle=key).url == first.url
    assert Appointment.with_held.count() == 1
    assert Message.objects.filter(about="agenda.booking_code").count() == 1


def test_nobody_takes_an_hour_that_is_held(client, kind):
    url = first_hour(client)
    held(client)
    page = send(client, url, cle=str(uuid7()), prenom="Nadir", telephone="06 39 98 00 02")
    assert page.status_code == 409
    assert Appointment.with_held.count() == 1


def test_an_hour_nobody_confirms_is_free_again(client, kind, monkeypatch):
    url = first_hour(client)
    made, page = held(client)
    code = code_of(made)
    assert release(now=NOW + timedelta(minutes=9)) == 0
    later(monkeypatch, 11)
    assert "plus gardée" in text_of(client.post(page, {"code": code}))
    assert "plus gardée" in text_of(client.get(page))
    assert not Appointment.objects.exists()
    assert release(now=clock.now()) + release(now=clock.now()) <= 1
    assert not Tick.objects.exists()
    assert first_hour(client) == url


def test_the_same_form_after_the_time_is_over_holds_anew(client, kind, monkeypatch):
    key, url = str(uuid7()), first_hour(client)
    send(client, url, cle=key)
    later(monkeypatch, 11)
    page = send(client, url, cle=key)
    assert "Le temps pour taper le code est passé" in text_of(page)
    new = re.search(r'name="cle" value="([^"]+)"', page.content.decode())[1]
    assert new != key
    assert send(client, url, cle=new).status_code == 302


def test_five_wrong_codes_give_the_hour_back(client, kind):
    made, page = held(client)
    code = code_of(made)
    wrong = "000000" if code != "000000" else "111111"
    for typed in (wrong, "", "x", "é" * 30, wrong, wrong, wrong):
        assert client.post(page, {"code": typed}).status_code == 200
    assert "plus gardée" in text_of(client.post(page, {"code": code}))
    assert not Appointment.with_held.exists()
    assert not Tick.objects.exists()


def test_another_code_once_and_the_first_no_longer_counts(client, kind):
    made, page = held(client)
    first = code_of(made)
    assert "Un nouveau code part" in text_of(client.post(page, {"renvoyer": "1"}))
    second = code_of(made)
    assert "déjà" in text_of(client.post(page, {"renvoyer": "1"})) or "deux fois" in text_of(
        client.post(page, {"renvoyer": "1"})
    )
    if first != second:
        assert "Ce n’est pas le code" in text_of(client.post(page, {"code": first}))
    assert client.post(page, {"code": second}).status_code == 302


def test_without_a_way_to_send_a_code_nothing_is_held(client, kind):
    page = send(client, first_hour(client), cle=str(uuid7()), telephone="04 65 71 00 09")
    assert "Nous devons vous envoyer un code" in text_of(page)
    assert not Appointment.with_held.exists()
    assert not Tick.objects.exists()


def test_a_code_comes_by_email_too(client, kind):
    made, page = held(client, telephone="", courriel="odile@exemple.example")
    assert "odile@exemple.example" in text_of(client.get(page))
    assert Message.objects.get(about="agenda.booking_code").to == "odile@exemple.example"
    assert client.post(page, {"code": code_of(made)}).status_code == 302


def test_links_that_are_none_of_ours_say_nothing(client, kind):
    made, _page = held(client)
    for key in ("x", made.code, f"{made.code}AAAAAAAA", "A" * 300, "%00"):
        page = client.get(reverse("booking-confirm", args=(key,)))
        assert "plus gardée" in text_of(page)


def test_a_contact_that_books_much_in_a_day_is_asked_for_a_code(client, hall):
    opened(hall)
    for _ in range(2):
        assert "/confirmer/" not in send(client, first_hour(client), cle=str(uuid7())).url
    assert "/confirmer/" in send(client, first_hour(client), cle=str(uuid7())).url
    other = send(client, first_hour(client), cle=str(uuid7()), telephone="06 39 98 00 05")
    assert "/confirmer/" not in other.url


def test_a_network_that_books_much_in_a_day_is_asked_for_a_code(client, hall, settings):
    settings.BOOKING = settings.BOOKING | {"unusual_network": 2}
    opened(hall)
    for number in range(2):
        answer = send(client, first_hour(client), cle=str(uuid7()), telephone=f"06 39 98 00 1{number}")
        assert "/confirmer/" not in answer.url
    assert "/confirmer/" in send(client, first_hour(client), cle=str(uuid7()), telephone="06 39 98 00 19").url
    elsewhere = client.post(
        first_hour(client),
        ANSWERS | {"etape": "verifier", "cle": str(uuid7()), "telephone": "06 39 98 00 20"},
        REMOTE_ADDR="192.0.2.7",
    )
    assert "/confirmer/" not in elsewhere.url


def test_what_failed_does_not_count_for_the_network(client, hall, settings):
    settings.BOOKING = settings.BOOKING | {"unusual_network": 2}
    opened(hall)
    url = first_hour(client)
    send(client, url, cle=str(uuid7()))
    for number in range(4):
        assert send(client, url, cle=str(uuid7()), telephone=f"06 39 98 00 1{number}").status_code == 409
    assert "/confirmer/" not in send(client, first_hour(client), cle=str(uuid7()), telephone="06 39 98 00 19").url


def test_a_network_does_not_hold_all_hours(client, kind, settings):
    settings.BOOKING = settings.BOOKING | {"held_per_network": 2}
    for number in range(2):
        assert (
            "/confirmer/" in send(client, first_hour(client), cle=str(uuid7()), telephone=f"06 39 98 00 1{number}").url
        )
    page = send(client, first_hour(client), cle=str(uuid7()), telephone="06 39 98 00 19")
    assert "appelez-nous" in text_of(page)
    assert Appointment.with_held.count() == 2
