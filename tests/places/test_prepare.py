from datetime import date

import pytest

from pourtous.places.models import Place, new_place_code
from pourtous.places.operations.prepare import prepare, unused_codes
from pourtous.territories.models import FormerCommune
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db


def test_what_words_look_at_is_folded_with_a_space_before_each_word():
    place = prepare(Place(name="Médiathèque de l’Œillet", commune_name="Sète", networks=("LAM",)))
    assert place.search_text == " mediatheque de l oeillet sete lam"
    assert place.sort_name == "mediatheque de l oeillet"


def test_services_of_a_france_services_house_are_inferred_only_when_it_declares_none():
    offer = ("Aide aux démarches administratives", "Accès internet et matériel informatique")
    assert prepare(Place(name="a", programmes=("France Services",))).inferred_services == offer
    assert prepare(Place(name="a", typologies=("RFS",))).inferred_services == offer
    own = Place(name="a", typologies=("RFS",), services=("Loisirs et créations numériques",))
    assert prepare(own).inferred_services == ()
    assert prepare(Place(name="a", typologies=("BIB",))).inferred_services == ()


def test_unused_codes_are_distinct_and_free(monkeypatch):
    taken = PlaceFactory().code
    made = iter([taken, taken, *(new_place_code() for _ in range(9))])
    monkeypatch.setattr("pourtous.places.operations.prepare.new_place_code", lambda: next(made))
    codes = unused_codes(3)
    assert len(set(codes)) == 3
    assert taken not in codes


def test_the_commune_is_found_by_code_of_any_year_or_by_name_and_postcode():
    commune = CommuneFactory(name="Valbrune-les-Bains", postcodes=("34990",))
    FormerCommune.objects.create(code="34997", name="Petit Valbrune", successor=commune, until=date(2019, 1, 1))
    for place in (
        Place(name="a", commune_name="?", insee_code=commune.code),
        Place(name="a", commune_name="?", insee_code="34997"),
        Place(name="a", commune_name="VALBRUNE LES BAINS", postcode="34990"),
    ):
        assert prepare(place).commune == commune
        assert place.departement == commune.departement


@pytest.mark.parametrize(
    ("insee", "postcode", "departement"),
    [
        ("75056", "", "75"),
        ("97411", "", "974"),
        ("", "97400", "974"),
        ("", "20200", "2B"),
        ("", "20137", "2A"),
        ("", "", ""),
    ],
)
def test_a_commune_outside_the_reference_stays_text(insee, postcode, departement):
    place = prepare(Place(name="a", commune_name="Ailleurs", insee_code=insee, postcode=postcode))
    assert (place.commune, place.departement) == (None, departement)
