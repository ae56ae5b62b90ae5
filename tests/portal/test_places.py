"""The page of a place, its paper, and what is wrong there."""

import json
import re

import pytest
import time_machine

from pourtous.places.enums import PlaceState
from pourtous.places.models import ProblemReport
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
MONDAY_10 = "2026-11-23T09:00:00Z"


def page(client, place, query=""):
    return client.get(f"/lieux/{place.code}/le-cabanon/{query}").content.decode()


@time_machine.travel(MONDAY_10, tick=False)
def test_the_page_tells_all_one_needs(client, place):
    html = page(client, place)
    for told in (
        "Lieu d’accès multimédia",
        "Ouvert maintenant, jusqu’à 12",
        "Aujourd’hui, lundi",
        "Sans rendez-vous",
        "Gratuit",
        "Accès fauteuil",
        "tel:+33465713400",
        "Vos démarches et vos droits",
        "Personnes âgées",
        "rendez-vous.example",
        "acceslibre.example",
        "Bus 10",
    ):
        assert told in html, told


@time_machine.travel("2026-12-25T09:00:00Z", tick=False)
def test_a_holiday_is_never_open(client, place):
    assert "Jour férié" in page(client, place)
    assert "Ouvert maintenant" not in page(client, place)


@time_machine.travel("2026-11-23T20:00:00Z", tick=False)
def test_closed_says_when_it_opens(client, place):
    assert "Fermé. Ouvre demain à 9" in page(client, place)


def test_structured_data_cannot_close_its_element(client, town):
    place = PlaceFactory(name="</script><b>", commune=town, summary="a & b")
    html = client.get(f"/lieux/{place.code}/", follow=True).content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1)
    assert json.loads(data)["name"] == "</script><b>"


def test_the_name_in_the_address_is_put_right(client, place):
    for address in (f"/lieux/{place.code}/", f"/lieux/{place.code.lower()}/autre/"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer["Location"] == f"/lieux/{place.code}/le-cabanon/"


def test_hidden_and_unknown_are_the_same(client, town):
    hidden = PlaceFactory(state=PlaceState.HIDDEN, commune=town)
    assert client.get(f"/lieux/{hidden.code}/").status_code == client.get("/lieux/ZZZZZZZZ/").status_code == 404


def test_closed_for_good_says_so_and_leads_on(client, town):
    closed = PlaceFactory(name="Ancien", state=PlaceState.CLOSED, commune=town)
    answer = client.get(f"/lieux/{closed.code}/ancien/")
    assert answer.status_code == 410
    assert "commune=34998" in answer.content.decode()


def test_unknown_hours_are_said(client, town):
    place = PlaceFactory(name="Sans heures", opening_hours="", commune=town)
    html = client.get(f"/lieux/{place.code}/sans-heures/").content.decode()
    assert "Nous ne savons pas les heures." in html


def test_paper_has_a_code_to_come_back(client, place):
    for address in (f"/lieux/{place.code}/imprimer/", "/aide/lieux/imprimer/?commune=34998"):
        html = client.get(address).content.decode()
        assert 'class="qr"' in html
        assert "04 65 71 34 00" in html


def test_a_report_gets_a_number_and_a_page(client, place):
    answer = client.post(f"/lieux/{place.code}/signaler/", {"about": "hours", "text": "Fermé", "contact": ""})
    report = ProblemReport.objects.get()
    assert answer["Location"] == f"/signalement/{report.number}/"
    html = client.get(answer["Location"]).content.decode()
    assert report.number in html
    assert "Fermé" not in html.split("<main")[1].split("</main")[0]


def test_a_report_without_answer_is_asked_again(client, place):
    html = client.post(f"/lieux/{place.code}/signaler/", {"text": "Fermé le jeudi"}).content.decode()
    assert "Dites ce qui ne va pas." in html
    assert "Fermé le jeudi" in html
    assert not ProblemReport.objects.exists()


def test_an_unknown_report_is_not_there(client):
    assert client.get("/signalement/AAAAAA/").status_code == 404


def test_a_place_is_found_by_its_name(client, place):
    assert "Le Cabanon" in client.get("/lieux/?q=cabanon").content.decode()
    assert "Aucun lieu ne porte ce nom" in client.get("/lieux/?q=zzzzzzz").content.decode()


def test_the_page_asks_little_of_the_database(client, place, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page(client, place, "?commune=34998")
