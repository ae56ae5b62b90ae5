import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.enums import AgeBand
from pourtous.people.rules import ages


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (2015, AgeBand.UNDER_12),
        (2014, AgeBand.FROM_12),
        (2009, AgeBand.FROM_12),
        (2008, AgeBand.FROM_18),
        (2002, AgeBand.FROM_18),
        (2001, AgeBand.FROM_25),
        (1987, AgeBand.FROM_25),
        (1986, AgeBand.FROM_40),
        (1967, AgeBand.FROM_40),
        (1966, AgeBand.FROM_60),
        (1957, AgeBand.FROM_60),
        (1956, AgeBand.FROM_70),
        (1900, AgeBand.FROM_70),
        (None, AgeBand.UNKNOWN),
        (2027, AgeBand.UNKNOWN),
    ],
)
def test_bands_are_those_of_la_coop(birth_year, band):
    assert ages.age_band(birth_year, 2026) == band


def test_the_year_somebody_turns_fifteen_is_the_one_to_ask_about():
    assert ages.is_too_young(2012, 2026)
    assert not ages.is_too_young(2011, 2026)
    assert ages.may_be_too_young(2011, 2026)
    assert not ages.may_be_too_young(2010, 2026)
    assert not ages.is_too_young(None, 2026)


def test_minors():
    assert ages.is_minor(2009, 2026)
    assert not ages.is_minor(2008, 2026)
    assert not ages.is_minor(None, 2026)


@given(st.integers(1900, 2100), st.integers(0, 120))
def test_every_age_has_one_band_and_older_never_comes_before(year, age):
    order = [band for band in AgeBand if band != AgeBand.UNKNOWN]
    younger, older = ages.age_band(year - age, year), ages.age_band(year - age - 1, year)
    assert order.index(younger) <= order.index(older)
