"""GET /api/v1/places and /api/v1/places/{id}: one test a parameter, the shape, the pages."""

from datetime import date

import pytest

from pourtous.places.enums import PlaceState
from pourtous.places.standard import NAMES
from pourtous.territories import queries as communes
from tests.places.factories import LayerFactory, PlaceFactory

pytestmark = pytest.mark.django_db
PLACES = "/api/v1/places"
HERE = {"lat": "43.6", "lon": "3.8"}


def test_an_item_holds_the_standard_then_ours(ask):
    place = PlaceFactory(
        services=("Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien"),
        updated_on=date(2026, 11, 2),
    )
    item = ask(PLACES).body["items"][0]
    assert tuple(item) == (*NAMES, "distance_m", "open", "next_change")
    assert item["id"] == place.code
    assert item["services"] == list(place.services)
    assert item["date_maj"] == "2026-11-02"
    assert item["pivot"] is None
    assert item["courriels"] == []
    assert item["distance_m"] is None


def test_local_networks_and_passes_go_out_as_the_standard_can_say_them(ask):
    place = PlaceFactory(networks=("LAM",), accepts_pass=True, other_labels=("Fabrique",))
    item = ask(f"{PLACES}/{place.code}").body
    assert item["typologie"] == ["EPN"]
    assert item["autres_formations_labels"] == ["Fabrique", "LAM", "Pass numérique"]


def test_near_a_point_by_distance_within_the_radius(ask, names):
    PlaceFactory(name="Loin", latitude=43.7)
    PlaceFactory(name="Ici", latitude=43.601)
    PlaceFactory(name="À côté", latitude=43.62)
    PlaceFactory(name="Sans position", latitude=None, longitude=None)
    assert names(**HERE) == ["Ici", "À côté", "Loin"]
    assert names(**HERE, radius_km="5") == ["Ici", "À côté"]
    assert ask(PLACES, **HERE).body["items"][0]["distance_m"] == 111


def test_words_without_accents(names):
    PlaceFactory(name="Médiathèque Édith", search_text=" mediatheque edith valbrune")
    PlaceFactory(name="Mairie", search_text=" mairie valbrune")
    assert names(q="MÉDIATHEQUE") == names(q="mediathèque edith") == ["Médiathèque Édith"]


@pytest.mark.parametrize(
    ("parameter", "column", "term", "other"),
    [
        ("service", "services", "Aide aux démarches administratives", "Utilisation sécurisée du numérique"),
        ("public", "audiences", "Seniors", "Jeunes"),
        ("care", "care", "Illettrisme", "Surdité"),
        ("fee", "fees", "Gratuit", "Gratuit sous condition"),
        ("access", "access_modes", "Ce lieu n'accueille pas de public", "Téléphoner"),
        ("accompaniment", "supports", "À distance", "En autonomie"),
        ("programme", "programmes", "Point d'accès numérique CAF", "France Services"),
        ("label", "labels", "Formé à « DUPLEX » (illettrisme)", "ORDI 3.0"),
        ("itinerance", "itinerance", "Itinérant", "Fixe"),
    ],
)
def test_terms_are_whole_and_any_of_several_is_enough(names, parameter, column, term, other):
    PlaceFactory(name="A", **{"services": (), column: (term,)})
    PlaceFactory(name="B", **{"services": (), column: (other,)})
    PlaceFactory(name="C", services=())
    assert names(**{parameter: term}) == ["A"]
    assert names(**{parameter: [term, other]}) == ["A", "B"]


def test_parameters_hold_together(names):
    PlaceFactory(name="A", fees=("Gratuit",), audiences=("Seniors",))
    PlaceFactory(name="B", fees=("Gratuit",))
    assert names(fee="Gratuit", public="Seniors") == ["A"]


def test_by_departement_and_commune(names):
    PlaceFactory(name="Ici")
    PlaceFactory(name="Là", insee_code="2A004", departement="2A")
    assert names(departement="34") == ["Ici"]
    assert names(commune="2A004") == ["Là"]
    assert names(commune="34999") == []


@pytest.mark.usefixtures("reference")
def test_the_code_of_a_former_commune_gives_the_commune_of_today(names):
    PlaceFactory(name="Ici", commune=communes.commune("34144"))
    assert names(commune="34093") == ["Ici"]


def test_open_at_and_open_now(ask, names, time_machine):
    time_machine.move_to("2026-11-24T08:30:00Z", tick=False)  # a Tuesday, 9.30 in Paris
    PlaceFactory(name="Matin", opening_hours="Mo-Fr 09:00-12:00")
    PlaceFactory(name="Soir", opening_hours="Mo-Fr 17:00-20:00")
    PlaceFactory(name="Inconnu", opening_hours="")
    assert names(open_now="true") == ["Matin"]
    assert names(open_at="2026-11-24T17:30:00+01:00") == ["Soir"]
    assert names(open_at="2026-11-24T17:30") == ["Soir"]
    states = {item["nom"]: (item["open"], item["next_change"]) for item in ask(PLACES).body["items"]}
    assert states == {
        "Matin": (True, "2026-11-24T11:00:00Z"),
        "Soir": (False, "2026-11-24T16:00:00Z"),
        "Inconnu": (None, None),
    }


def test_on_a_public_holiday_nothing_is_said_to_be_open(ask, time_machine):
    time_machine.move_to("2026-12-25T10:00:00Z", tick=False)
    PlaceFactory(opening_hours="Mo-Su 08:00-20:00")
    assert ask(PLACES).body["items"][0]["open"] is None
    assert ask(PLACES, open_now="true").body["items"] == []


def test_updated_since_and_source(names):
    new = PlaceFactory(name="Neuf", updated_on=date(2026, 11, 20), source="mairie")
    PlaceFactory(name="Vieux", updated_on=date(2025, 1, 1))
    LayerFactory(place=new, collector__code="national")
    assert names(updated_since="2026-11-20") == ["Neuf"]
    assert names(source="mairie") == names(source="national") == ["Neuf"]


def test_what_is_hidden_or_closed_does_not_go_out(ask, names):
    hidden = PlaceFactory(state=PlaceState.HIDDEN)
    PlaceFactory(state=PlaceState.CLOSED)
    assert names() == []
    assert ask(f"{PLACES}/{hidden.code}").status == 404


def test_one_place_by_code_as_a_person_may_type_it(ask):
    place = PlaceFactory(name="Ici")
    assert ask(f"{PLACES}/{place.code.lower()}").body["nom"] == "Ici"
    missing = ask(f"{PLACES}/00000000")
    assert missing.status == 404
    assert missing.headers["Content-Type"] == "application/problem+json"


def pages(ask, between=lambda: None, **query):
    """The ids of all pages, `between` being called after each."""
    found, cursor = [], None
    while True:
        answer = ask(PLACES, **query, **({"cursor": cursor} if cursor else {}))
        assert answer.status == 200, answer.body
        found += [item["id"] for item in answer.body["items"]]
        cursor = answer.body["next"]
        assert (cursor is None) == ("Link" not in answer.headers)
        if cursor is None:
            return found
        between()


@pytest.mark.parametrize("query", [HERE, {}])
def test_pages_stay_true_while_places_come_and_go(ask, query):
    kept = [PlaceFactory(latitude=43.6 + n / 1000).code for n in range(0, 40, 2)]
    lost = [PlaceFactory(latitude=43.6 + n / 1000) for n in range(1, 40, 2)]

    def change():
        lost.pop(0).delete()
        lost.pop().delete()
        PlaceFactory(latitude=43.6, name="AAA")
        PlaceFactory(latitude=43.61, name="Atelier numérique 05")

    found = pages(ask, change, limit="7", **query)
    assert len(found) == len(set(found))
    assert set(kept) <= set(found)
    assert [code for code in found if code in kept] == [code for code in pages(ask, **query) if code in kept]


def test_the_link_leads_to_the_next_page(ask, client):
    places = [PlaceFactory() for _ in range(3)]
    first = ask(PLACES, limit="2", fee=[])
    address = first.headers["Link"].removeprefix("<").removesuffix('>; rel="next"')
    assert [item["id"] for item in client.get(address).json()["items"]] == [places[2].code]


def test_a_cursor_is_ours_whole_and_for_the_same_question(ask):
    for _ in range(3):
        PlaceFactory(fees=("Gratuit",))
    cursor = ask(PLACES, limit="1").body["next"]
    assert ask(PLACES, limit="2", cursor=cursor).status == 200
    for wrong in (cursor[:-1], "x" + cursor, cursor[::-1], "é", "a.b", ".", cursor.upper()):
        answer = ask(PLACES, limit="1", cursor=wrong)
        assert (answer.status, answer.body["errors"][0]["parameter"]) == (400, "cursor"), wrong
    assert ask(PLACES, limit="1", cursor=cursor, fee="Gratuit").status == 400


def test_a_page_of_many_takes_few_questions(ask, django_assert_max_num_queries):
    PlaceFactory.create_batch(30)
    with django_assert_max_num_queries(2):
        assert len(ask(PLACES, limit="30", **HERE).body["items"]) == 30
    with django_assert_max_num_queries(3):
        assert len(ask(PLACES, limit="30").body["items"]) == 30
