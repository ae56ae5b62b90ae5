import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.importers.workbooks import COLUMNS
from pourtous.people.rules.imported import Known, is_same, understand


def row(**cells):
    said = dict.fromkeys(COLUMNS, "") | {"last_name": "Ferrand", "first_name": "Odile"} | cells
    return understand(4, said, year=2026)


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("06 39 98 12 34", "+33639981234"),
        ("639981234", "+33639981234"),
        ("33639981234", "+33639981234"),
        ("+33 6 39 98 12 34", "+33639981234"),
        ("3.4E+13", ""),
        ("3,4E+13", ""),
        ("12", ""),
        ("aucun", ""),
    ],
)
def test_numbers_as_spreadsheets_leave_them(phone, kept):
    assert row(phone=phone).phone == kept


@pytest.mark.parametrize(
    ("text", "year"),
    [("1956", 1956), ("12/03/1956", 1956), ("1956-03-12", 1956), ("56", None), ("1850", None), ("?", None)],
)
def test_only_the_year_is_kept(text, year):
    assert row(birth_year=text).birth_year == year
    assert row(birth_year=text).is_usable


@pytest.mark.parametrize("year", ["2026", "2015", "2011"])
def test_no_file_for_who_may_be_under_15(year):
    assert not row(birth_year=year).is_usable


@pytest.mark.parametrize("name", ["", "  ", "=1+1", "+Odile", "@SUM(A1)", "-2", "12", "x" * 81])
def test_no_row_without_a_name(name):
    assert not row(first_name=name).is_usable


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Féminin", "feminin"),
        ("f", "feminin"),
        ("Masculin", "masculin"),
        ("Non communiqué", "non_communique"),
        ("x", "non_communique"),
    ],
)
def test_the_first_letter_decides(text, gender):
    assert row(gender=text).gender == gender


def test_an_address_that_cannot_be_one_is_left_empty():
    assert row(email="odile@").email == ""
    assert row(email="odile@mail.example").email == "odile@mail.example"


@pytest.mark.parametrize(
    ("known", "same"),
    [
        (Known("A", "ferrand odile", 1956, "", ""), True),
        (Known("A", "odile ferrand", 1956, "+33639981234", ""), True),
        (Known("A", "ferrand odile", 1957, "+33639981234", ""), False),
        (Known("A", "ferrand odile", None, "", ""), False),
        (Known("A", "ferrand odette", 1956, "+33639981234", ""), False),
    ],
)
def test_the_same_for_sure(known, same):
    assert is_same(row(birth_year="1956", phone="0639981234"), known) is same


@given(st.fixed_dictionaries({name: st.text(max_size=60) for name in COLUMNS}))
def test_no_cell_stops_the_reading(cells):
    understood = understand(4, cells, year=2026)
    assert understood.birth_year is None or 1900 <= understood.birth_year <= 2026
    assert understood.phone == "" or understood.phone.startswith("+")
