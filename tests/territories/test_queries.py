"""Communes by code, postcode and name."""

import pytest

from pourtous.territories import queries
from tests.territories.factories import CommuneFactory, FormerCommuneFactory

pytestmark = pytest.mark.django_db


def test_a_code_of_any_year_gives_the_commune_of_today():
    commune = CommuneFactory(code="34901", name="Roquevive-les-Pins")
    FormerCommuneFactory(code="34801", successor=commune)
    assert queries.commune("34901") == commune
    assert queries.commune("34801") == commune
    assert queries.commune(" 34 801 ") == commune


def test_a_code_as_a_spreadsheet_leaves_it():
    commune = CommuneFactory(code="01901", departement="01")
    assert queries.commune("1901") == commune
    assert queries.commune("1901.0") == commune
    corsican = CommuneFactory(code="2A901", departement="2A")
    assert queries.commune("2a901") == corsican


@pytest.mark.parametrize(
    "code", ["", "34", "349010", "abcde", "\0", "3\x0049", "x" * 10_000, "🚲", "-34901", "２４９０１"]
)
def test_what_is_no_code_finds_nothing(code):
    CommuneFactory(code="34901")
    assert queries.commune(code) is None
    assert queries.communes_of_postcode(code) == []


def test_a_postcode_gives_all_its_communes_the_largest_first():
    small = CommuneFactory(postcodes=("34991",), population=100)
    large = CommuneFactory(postcodes=("34990", "34991"), population=9_000)
    CommuneFactory(postcodes=("34990",))
    assert queries.communes_of_postcode("34 991") == [large, small]


def test_many_codes_take_two_queries_and_say_nothing_of_unknown_ones(django_assert_num_queries):
    commune = CommuneFactory(code="34901")
    FormerCommuneFactory(code="34801", successor=commune)
    with django_assert_num_queries(2):
        found = queries.resolve_codes(["34901", "34801", "34000", "no code"])
    assert found == {"34901": commune, "34801": commune}


def test_names_are_found_by_beginning_by_word_and_by_their_old_name():
    exact = CommuneFactory(name="Saint-Félin", population=10)
    longer = CommuneFactory(name="Saint-Félin-du-Causse", population=5_000)
    inside = CommuneFactory(name="Mas-de-Saint-Félin", population=9_000)
    renamed = CommuneFactory(name="Entre-Garrigues", population=1)
    FormerCommuneFactory(name="Saint-Félin", successor=renamed)
    assert queries.communes_named("ST FELIN") == [exact, renamed, longer, inside]
    assert queries.communes_named("st felin", limit=2) == [exact, renamed]
    assert queries.communes_named("felin causse") == [longer]


@pytest.mark.parametrize("text", ["", " ", "🚲", "\0", "'"])
def test_no_word_finds_no_commune(text):
    CommuneFactory()
    assert queries.communes_named(text) == []


def test_same_name():
    assert queries.same_name("St-Félin", "SAINT FELIN")
    assert not queries.same_name("Sainte-Féline", "Saint-Félin")
