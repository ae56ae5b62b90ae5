"""Booking a meeting without account, and coming back to it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from html import unescape
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from icalendar import Calendar

from pourtous.agenda.enums import AppointmentState, Mode
from pourtous.agenda.models import Appointment, CallBack, Tick
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.ids import uuid7
from pourtous.places.enums import Service
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, ten in Paris
HOURS = "/rendez-vous/heures/"


def text_of(page):
    """The words of a page on one line."""
    return " ".join(unescape(strip_tags(page.content.decode())).replace("\xa0", " ").split())


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def opened(place, **more):
    """Mornings of one mediator at a place."""
    kind = more.pop("kind", None) or AppointmentKindFactory(**more.pop("terms", {}))
    resource = ResourceFactory(unit=kind.unit)
    AvailabilityFactory(resource=resource, kinds=[kind], place=place, **more)
    return kind


@pytest.fixture
def hall(town):
    return PlaceFactory(name="Le Cabanon", commune=town, phone="+33465710001", latitude=43.61, longitude=3.81)


def hrefs(page, name):
    found = re.findall(r'(?:href|formaction|action)="([^"]*)"', page.content.decode())
    return [unescape(url) for url in found if url.startswith(reverse(name) + "?")]


def first_hour(client, query="besoin=demarches&commune=34998"):
    return hrefs(client.get(f"{HOURS}?{query}"), "booking-ask")[0]


ANSWERS = {"prenom": "Odile", "telephone": "06 39 98 00 01"}


def send(client, url, **more):
    return client.post(url, ANSWERS | {"etape": "verifier"} | more)


def booked(client, url=None):
    answer = send(client, url or first_hour(client), cle=str(uuid7()))
    assert answer.status_code == 302, text_of(answer)
    return Appointment.objects.latest("booked_at"), answer.url


@pytest.mark.django_db
def test_the_whole_way_from_the_need_to_the_appointment(client, hall):
    opened(hall)
    answer = client.get("/rendez-vous/", {"besoin": "demarches", "suite": "1"})
    assert answer.url == "/rendez-vous/ou/?besoin=demarches"
    answer = client.get("/rendez-vous/ou/", {"besoin": "demarches", "ou": "Valbrune", "suite": "1"})
    assert answer.url == f"{HOURS}?besoin=demarches&commune=34998"
    page = client.get(answer.url)
    assert "Le Cabanon" in text_of(page)
    assert "à 1,4 km" in text_of(page)
    url = hrefs(page, "booking-ask")[0]
    page = client.get(url)
    assert "Quel est votre prénom" in text_of(page)
    page = client.post(url, {"etape": "prenom", "prenom": "Odile"})
    assert "Comment vous joindre" in text_of(page)
    page = client.post(url, ANSWERS | {"etape": "joindre"})
    assert "06 39 98 00 01" in text_of(page)
    key = re.search(r'name="cle" value="([^"]+)"', page.content.decode())[1]
    assert not Appointment.objects.exists()
    answer = send(client, url, cle=key)
    made = Appointment.objects.get()
    assert answer.url == reverse("booked", args=(key_of(made),))
    assert (made.first_name, made.phone, made.need) == ("Odile", "+33639980001", "Faire une démarche")
    page = client.get(answer.url)
    assert "C’est réservé" in text_of(page)
    assert made.code in text_of(page)
    assert "04 65 71 00 01" in text_of(page)
    assert send(client, url, cle=key).url == answer.url
    assert Appointment.objects.count() == 1


@pytest.mark.django_db
def test_need_chooses_the_kind_and_unknown_needs_see_all(client, hall):
    opened(hall, terms={"name": "Papiers", "needs": (Service.PROCEDURES.value,)})
    assert "Le Cabanon" in text_of(client.get(f"{HOURS}?besoin=demarches&commune=34998"))
    assert "Le Cabanon" not in text_of(client.get(f"{HOURS}?besoin=telephone&commune=34998"))
    assert "Le Cabanon" in text_of(client.get(f"{HOURS}?besoin=je-ne-sais-pas&commune=34998"))


@pytest.mark.django_db
def test_a_few_days_then_later(client, hall):
    opened(hall)
    page = client.get(f"{HOURS}?commune=34998")
    assert text_of(page).count("novembre") == 3
    later = next(url for url in hrefs(page, "booking-slots") if "des=2026-11-27" in url)
    page = client.get(later)
    assert "Vendredi 27 novembre" in text_of(page)
    assert "Mardi 24" not in text_of(page)


@pytest.mark.django_db
def test_nothing_near_shows_what_is_further_and_nothing_at_all_gives_a_phone(client, town):
    page = client.get(f"{HOURS}?commune=34998")
    assert "Pas d’heure libre" in text_of(page)
    opened(PlaceFactory(name="Très loin", latitude=43.0, longitude=3.0))
    page = client.get(f"{HOURS}?commune=34998")
    assert "Rien près de chez vous" in text_of(page)
    assert "Très loin" in text_of(page)


@pytest.mark.django_db
def test_visits_at_home_are_shown_when_asked_for_and_want_an_address(client, hall):
    opened(None, mode=Mode.HOME, terms={"modes": (Mode.HOME,)})
    assert "Pas d’heure libre" in text_of(client.get(f"{HOURS}?commune=34998"))
    url = first_hour(client, "commune=34998&comment=domicile")
    page = send(client, url, cle="1")
    assert "Où venons-nous" in text_of(page)
    answer = send(client, url, cle="1", adresse="3 rue des Salins, Valbrune")
    assert answer.status_code == 302
    assert Appointment.objects.get().home_address == "3 rue des Salins, Valbrune"


@pytest.mark.django_db
def test_by_phone_a_number_is_needed(client, hall):
    opened(None, mode=Mode.PHONE)
    url = first_hour(client, "commune=34998&comment=telephone")
    page = client.post(url, {"etape": "verifier", "prenom": "Odile", "courriel": "odile@courriel.example", "cle": "1"})
    assert "Écrivez votre numéro" in text_of(page)
    assert not Appointment.objects.exists()
    assert send(client, url, cle="1").status_code == 302


@pytest.mark.django_db
def test_taken_meanwhile_offers_others_and_keeps_what_was_typed(client, hall):
    opened(hall)
    url = first_hour(client)
    booked(client, url)
    page = send(client, url, cle=str(uuid7()))
    assert page.status_code == 409
    assert "vient d’être prise" in text_of(page)
    assert 'value="Odile"' in page.content.decode()
    other = hrefs(page, "booking-ask")[0]
    page = send(client, other)
    assert "Vérifiez" in text_of(page)
    assert send(client, other, cle=str(uuid7())).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_forty_clients_on_one_hour():
    town = CommuneFactory(code="34998", name="Valbrune", departement="34", latitude=43.6, longitude=3.8)
    opened(PlaceFactory(name="Le Cabanon", commune=town, latitude=43.61, longitude=3.81))
    url, start = first_hour(Client()), Barrier(40)

    def ask(number):
        try:
            start.wait()
            phone = f"06 39 98 {number // 100:02} {number % 100:02}"
            return send(Client(), url, cle=str(uuid7()), telephone=phone, prenom=f"Odile {number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(ask, range(40)))
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 39
    for answer in answers:
        if answer.status_code == 409:
            assert hrefs(answer, "booking-ask")
    assert Appointment.objects.count() == 1
    assert Tick.objects.count() == 9


@pytest.mark.django_db
def test_one_contact_does_not_take_all_hours(client, hall, settings):
    opened(hall)
    settings.BOOKING = settings.BOOKING | {"per_contact": 1}
    booked(client)
    page = send(client, first_hour(client), cle="other")
    assert "Vous avez déjà plusieurs rendez-vous" in text_of(page)
    assert Appointment.objects.count() == 1


@pytest.mark.django_db
def test_one_network_does_not_either(client, hall, settings):
    opened(hall)
    settings.BOOKING = settings.BOOKING | {"per_network": 1}
    booked(client)
    page = send(client, first_hour(client), cle="other", telephone="06 39 98 00 02")
    assert "Réessayez dans une heure" in text_of(page)
    assert Appointment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "type=x&creneau=x&comme=x",
        "type=00&creneau=20261301T0000Z&comme=sur-place",
        "creneau=%01",
        "ici=%F0%9F%A5%96",
    ],
)
def test_an_address_that_names_no_hour_leads_back(client, query):
    answer = client.get(f"/rendez-vous/demande/?{query}")
    assert answer.status_code == 302
    assert answer.url.startswith(HOURS)


@pytest.mark.django_db
def test_hours_that_are_not_open_cannot_be_booked(client, hall):
    opened(hall)
    url = re.sub(r"creneau=[^&]+", "creneau=20261124T0200Z", first_hour(client))
    page = send(client, url, cle="1")
    assert page.status_code == 409
    assert not Appointment.objects.exists()


@pytest.mark.django_db
def test_cancelling_takes_a_button_and_frees_the_hour(client, hall):
    opened(hall)
    made, url = booked(client)
    page = client.get(f"{url}annuler/")
    assert "Annulez-vous votre rendez-vous" in text_of(page)
    made.refresh_from_db()
    assert made.state == AppointmentState.BOOKED
    assert client.post(f"{url}annuler/").url == url
    made.refresh_from_db()
    assert made.state == AppointmentState.CANCELLED_BY_PERSON
    assert not Tick.objects.exists()
    assert "C’est annulé" in text_of(client.get(url))
    assert client.post(f"{url}annuler/").url == url
    assert client.get(f"{url}deplacer/").url == url


@pytest.mark.django_db
def test_moving_shows_hours_asks_and_moves(client, hall):
    opened(hall)
    made, url = booked(client)
    page = client.get(f"{url}deplacer/")
    chosen = next(one for one in re.findall(r'href="([^"]*creneau[^"]*)"', page.content.decode()))
    chosen = unescape(chosen)
    page = client.get(chosen)
    assert "Prenez-vous cette heure" in text_of(page)
    before = made.starts_at
    made.refresh_from_db()
    assert made.starts_at == before
    assert client.post(chosen).url == url
    made.refresh_from_db()
    assert made.starts_at != before
    assert made.sequence == 1


@pytest.mark.django_db
def test_moving_to_a_taken_hour_keeps_the_first(client, hall):
    opened(hall)
    made, url = booked(client)
    page = client.get(f"{url}deplacer/")
    chosen = unescape(re.findall(r'href="([^"]*creneau[^"]*)"', page.content.decode())[0])
    booked(client, first_hour(client))
    page = client.post(chosen)
    assert page.status_code == 409
    assert "Vous gardez votre rendez-vous" in text_of(page)
    before = made.starts_at
    made.refresh_from_db()
    assert made.starts_at == before


@pytest.mark.django_db
def test_too_late_to_move_but_not_to_cancel(client, hall, monkeypatch):
    opened(hall)
    made, url = booked(client)
    monkeypatch.setattr(clock, "now", lambda: made.starts_at - timedelta(hours=1))
    assert client.get(f"{url}deplacer/").url == url
    assert client.get(f"{url}annuler/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: made.starts_at + timedelta(hours=1))
    assert client.get(f"{url}annuler/").url == url


@pytest.mark.django_db
def test_paper_calendar_and_short_link(client, hall):
    opened(hall)
    made, url = booked(client)
    page = client.get(f"{url}imprimer/")
    assert made.code in text_of(page)
    assert "Le Cabanon" in text_of(page)
    event = Calendar.from_ical(client.get(f"{url}calendrier.ics").content).events[0]
    assert event.decoded("dtstart") == made.starts_at
    assert "Odile" not in client.get(f"{url}calendrier.ics").content.decode()
    assert client.get(f"/r/{key_of(made)}").url == url
    assert client.get(f"/r/{key_of(made).lower()}").url == url


@pytest.mark.django_db
def test_the_code_alone_opens_nothing(client, hall):
    opened(hall)
    made, url = booked(client)
    assert client.get(f"/rendez-vous/{made.code}/").url == f"/rendez-vous/code/?code={made.code}"
    wrong = made.code + "0" * 8
    assert client.get(f"/rendez-vous/{wrong}/").status_code == 404
    assert client.post(f"/rendez-vous/{wrong}/annuler/").status_code == 404
    for said in ("od", "Odile", "0001", "06 39 98 00 01"):
        answer = client.post("/rendez-vous/code/", {"code": made.code.lower(), "preuve": said})
        assert answer.url == url
    for said in ("o", "Marie", "1234", "01"):
        page = client.post("/rendez-vous/code/", {"code": made.code, "preuve": said})
        assert "Rien n’est réservé" in text_of(page)


@pytest.mark.django_db
def test_guessing_is_stopped(client, hall):
    opened(hall)
    made, _url = booked(client)
    for _ in range(10):
        client.post("/rendez-vous/code/", {"code": made.code, "preuve": "Marie"})
    page = client.post("/rendez-vous/code/", {"code": made.code, "preuve": "Odile"})
    assert "Trop d’essais" in text_of(page)


@pytest.mark.django_db
def test_a_place_with_free_hours_says_so(client, hall, town):
    page = client.get(reverse("place-short", args=(hall.code,)), follow=True)
    assert "/rendez-vous/heures/" not in page.content.decode()
    opened(hall, starts=time(14), ends=time(16))
    page = client.get(reverse("place-short", args=(hall.code,)), follow=True)
    assert f"/rendez-vous/heures/?lieu={hall.code}" in page.content.decode()
    page = client.get("/aide/lieux/?commune=34998")
    assert f"/rendez-vous/heures/?lieu={hall.code}" in page.content.decode()


@pytest.mark.django_db
def test_an_earlier_hour_is_asked_for_with_a_button(client, hall):
    opened(hall)
    url = first_hour(client, "besoin=demarches&commune=34998&des=2026-12-07")
    made, page = booked(client, url)
    assert "Voulez-vous le savoir" in text_of(client.get(page))
    assert client.get(f"{page}plus-tot/").url == page
    assert "Voulez-vous le savoir" in text_of(client.get(page))
    assert client.post(f"{page}plus-tot/").url == page
    assert "Nous vous prévenons" in text_of(client.get(page))
    client.post(f"{page}plus-tot/", {"quoi": "arreter"})
    assert "Voulez-vous le savoir" in text_of(client.get(page))
    assert made.code in text_of(client.get(page))


@pytest.mark.django_db
def test_being_called_back(client, town):
    page = client.post("/etre-rappele/", {"telephone": "bonjour"})
    assert "Ce numéro" in text_of(page)
    answer = client.post("/etre-rappele/", {"telephone": "06 39 98 00 01", "ou": "Valbrune", "quand": "le matin"})
    assert answer.url == "/etre-rappele/merci/"
    assert "Nous essayons trois fois" in text_of(client.get(answer.url))
    call = CallBack.objects.get()
    assert (call.phone, call.commune, call.best_time) == ("+33639980001", town, "le matin")
