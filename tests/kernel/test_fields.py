import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.accounts.models import Organisation, Unit
from pourtous.kernel.fields import TermListField

terms = st.text(st.characters(exclude_characters="|\0", exclude_categories=["Cs"]), max_size=15)
field = TermListField()


@given(st.lists(terms, max_size=8))
def test_a_list_comes_back_in_order_without_doubles(given_terms):
    kept = tuple(dict.fromkeys(t.strip() for t in given_terms if t.strip()))
    assert field.to_python(field.get_prep_value(given_terms)) == kept


@pytest.mark.parametrize("nothing", [None, "", "||", (), [], ["", " "]])
def test_nothing_is_an_empty_list(nothing):
    assert field.to_python(nothing) == ()
    assert field.get_prep_value(nothing) == ""


@pytest.fixture
def units(db):
    organisation = Organisation.objects.create(name="Structure", kind="association")

    def add(name, *capabilities):
        return Unit.objects.create(organisation=organisation, name=name, capabilities=capabilities)

    return add


def found(**lookup):
    return set(Unit.objects.filter(**lookup).values_list("name", flat=True))


def test_a_whole_term_is_found_and_no_part_of_one(units):
    units("A", "host", "host_of_courses")
    units("B", "host_of_courses")
    units("C")
    assert found(capabilities__has="host") == {"A"}
    assert found(capabilities__has="host_of_courses") == {"A", "B"}
    assert found(capabilities__has="of") == set()


def test_any_of_several(units):
    units("A", "host")
    units("B", "donor", "steering")
    assert found(capabilities__has_any=["host", "steering"]) == {"A", "B"}
    assert found(capabilities__has_any=["absent"]) == set()
    assert found(capabilities__has_any=[]) == set()


@pytest.mark.parametrize("term", ["50 %", "a_b", r"back\slash", "l'aide", "É", "a%"])
def test_signs_of_a_search_language_are_only_letters(units, term):
    units("A", term)
    units("B", "axb", "50 x", "backslash", "É d'ici")
    assert found(capabilities__has=term) == {"A"}
    assert found(capabilities__has_any=[term]) == {"A"}
    assert Unit.objects.get(name="A").capabilities == (term,)


def test_case_counts_on_both_databases(units):
    units("A", "Host")
    assert found(capabilities__has="host") == set()


def test_a_search_joins_with_others(units):
    units("A", "host")
    units("B", "host")
    assert found(capabilities__has="host", name="B") == {"B"}
    assert set(Unit.objects.exclude(capabilities__has="host")) == set()
