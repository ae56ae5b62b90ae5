"""The guided search from question to places, as a person does it."""

from dataclasses import replace

import pytest

from pourtous.portal.rules.asked import read
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory, StreetFactory

pytestmark = pytest.mark.django_db


def follow(client, address, query=None):
    answer = client.get(address, query or {})
    assert answer.status_code == 302
    return answer["Location"]


def test_from_the_home_page_straight_to_the_places(client, place):
    where = follow(client, "/aide/ou/", {"ou": "valbrune", "vers": "lieux"})
    assert where == "/aide/lieux/?commune=34998"
    html = client.get(where).content.decode()
    assert "1 lieu d’aide près de Valbrune" in html
    assert "Le Cabanon" in html


def test_three_questions(client, place):
    where = follow(client, "/aide/besoin/", {"suite": "1", "besoin": "telephone"})
    assert where == "/aide/ou/?besoin=telephone"
    wishes = follow(client, "/aide/ou/", {"suite": "1", "besoin": "telephone", "ou": "34990"})
    assert wishes == "/aide/important/?besoin=telephone&commune=34998"
    places = follow(
        client, "/aide/important/", {"suite": "1", "besoin": "telephone", "commune": "34998", "avec": ["a-pied"]}
    )
    assert places == "/aide/lieux/?besoin=telephone&commune=34998&avec=a-pied"
    assert "Le Cabanon" in client.get(places).content.decode()


def test_a_question_without_answer_is_asked_again_with_a_sentence(client):
    html = client.get("/aide/besoin/?suite=1").content.decode()
    assert "<title>Erreur\xa0: " in html or "<title>Erreur : " in html
    assert html.count("Choisissez une réponse.") >= 2
    assert 'id="summary"' in html


@pytest.mark.parametrize("typed", ["3411", "341100", "34 11"])
def test_a_postcode_has_five_digits(client, typed):
    html = client.get("/aide/ou/", {"suite": "1", "ou": typed}).content.decode()
    assert "Un code postal a cinq chiffres." in html
    assert f'value="{typed}"' in html


def test_an_empty_place_is_asked_again(client):
    assert "cochez la réponse" in client.get("/aide/ou/?suite=1").content.decode()


def test_an_empty_form_of_the_home_page_leads_to_the_first_question(client):
    assert follow(client, "/aide/ou/", {"ou": "", "vers": "lieux"}) == "/aide/besoin/"


def test_a_postcode_of_several_communes_is_a_choice_not_a_guess(client, town):
    CommuneFactory(code="34997", name="Valsec", departement="34", postcodes=("34990",))
    html = client.get("/aide/ou/", {"suite": "1", "ou": "34990", "besoin": "telephone"}).content.decode()
    assert "Valsec" in html
    assert "/aide/important/?besoin=telephone&amp;commune=34997" in html


def test_an_unknown_town_gets_a_page_that_helps(client, town):
    html = client.get("/aide/ou/", {"suite": "1", "ou": "Xyzzyville"}).content.decode()
    assert "Nous ne trouvons pas ce lieu." in html


def test_the_address_of_a_search_never_holds_a_house_number(client, town):
    StreetFactory(commune=town, name="Rue des Tamaris", postcode="34990", latitude=43.60123, longitude=3.80456)
    where = follow(client, "/aide/ou/", {"suite": "1", "ou": "12 rue des Tamaris Valbrune"})
    asked = where.split("?", 1)[1]
    assert "12" not in asked
    assert "Tamaris" in asked
    assert "pres=43.601,3.805" in asked


def test_a_position_is_rounded_to_three_decimals(client, place):
    where = follow(client, "/aide/ou/", {"suite": "1", "ou": "", "pres": "43.600123,3.800456"})
    assert "pres=43.6" in where
    assert "000123" not in where


def test_one_may_prefer_not_to_say(client, place):
    where = follow(client, "/aide/ou/", {"suite": "1", "partout": "oui"})
    assert where == "/aide/important/?partout=oui"
    assert "dans l’Hérault" in client.get("/aide/lieux/?partout=oui").content.decode()


def test_places_without_a_place_to_look_around_ask_where(client):
    assert follow(client, "/aide/lieux/", {"besoin": "telephone"}) == "/aide/ou/?besoin=telephone"
    assert follow(client, "/aide/lieux/", {"commune": "99999"}).startswith("/aide/ou/")


def test_unknown_is_said_to_be_checked_and_not_hidden(client, town):
    PlaceFactory(name="Peut-être", commune=town, wheelchair=None, walk_in=None, fees=())
    PlaceFactory(name="Non merci", commune=town, wheelchair=False)
    html = client.get(
        "/aide/lieux/", {"commune": "34998", "avec": ["fauteuil", "sans-rendez-vous", "gratuit"]}
    ).content.decode()
    assert "Peut-être" in html
    assert "Non merci" not in html
    assert html.count("à vérifier") >= 3


def test_what_is_far_is_found_by_looking_further_and_said(client, town):
    PlaceFactory(name="Loin", commune=town, latitude=43.9, longitude=3.8)
    html = client.get("/aide/lieux/?commune=34998").content.decode()
    assert "Loin" in html
    assert "Il n’y a rien à moins de 15" in html


def test_ten_places_a_page(client, many):
    first = client.get("/aide/lieux/?commune=34998").content.decode()
    assert first.count('<article class="card">') == 10
    assert "page=2" in first
    second = client.get("/aide/lieux/?commune=34998&page=2").content.decode()
    assert second.count('<article class="card">') == 2
    assert "11. " in second
    assert client.get("/aide/lieux/?commune=34998&page=99").content.decode().count('<article class="card">') == 2


def test_a_page_of_places_asks_little_of_the_database(client, many, django_assert_max_num_queries):
    client.get("/aide/lieux/?commune=34998")
    with django_assert_max_num_queries(4):
        client.get("/aide/lieux/?commune=34998")


def test_all_filters_of_the_standard_are_there_and_kept(client, place):
    html = client.get("/aide/criteres/?commune=34998&public=seniors&avec=gratuit").content.decode()
    for name in (
        "service",
        "public",
        "accueil",
        "prix",
        "contact",
        "aide",
        "programme",
        "formation",
        "reseau",
        "mobile",
    ):
        assert f'name="{name}"' in html
    assert 'value="seniors" id="id_public_3" checked' in html.replace('class="" ', "")
    assert '<input type="hidden" name="commune" value="34998">' in html


def test_the_address_of_a_search_survives_reading_and_writing(rf):
    text = "besoin=telephone&commune=34998&avec=gratuit&avec=fauteuil&public=seniors&ouvert=oui&page=3"
    asked = read(rf.get(f"/?{text}").GET)
    assert asked.query() == text
    assert "page" not in replace(asked, page=1).query()


def test_the_map_opens_on_demand_only(client, place):
    assert "leaflet" not in client.get("/aide/lieux/?commune=34998").content.decode()
    html = client.get("/aide/lieux/?commune=34998&carte=oui").content.decode()
    assert "leaflet" in html
    assert 'id="map-data"' in html
    assert '"number": 1' in html


def test_tiles_open_their_origin_on_the_map_only(client, place, settings):
    settings.MAP_TILES = "https://{s}.tuiles.example/{z}/{x}/{y}.png"
    with_map = client.get("/aide/lieux/?commune=34998&carte=oui")["Content-Security-Policy"]
    without = client.get("/aide/lieux/?commune=34998")["Content-Security-Policy"]
    assert "tuiles.example" in with_map
    assert "tuiles.example" not in without


def test_a_search_can_be_sent_from_ones_own_telephone(client, place):
    html = client.get("/aide/lieux/?commune=34998").content.decode()
    assert "sms:?&amp;body=" in html
    assert "mailto:?subject=" in html
