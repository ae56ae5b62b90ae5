import pytest

from pourtous.places.models import Place, new_place_code
from pourtous.places.operations.prepare import prepare, unused_codes
from tests.places.factories import PlaceFactory


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


@pytest.mark.django_db
def test_unused_codes_are_distinct_and_free(monkeypatch):
    taken = PlaceFactory().code
    made = iter([taken, taken, *(new_place_code() for _ in range(9))])
    monkeypatch.setattr("pourtous.places.operations.prepare.new_place_code", lambda: next(made))
    codes = unused_codes(3)
    assert len(set(codes)) == 3
    assert taken not in codes
