from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.rules.similar import Trace, is_similar, similar

NAMES = st.text("abcdefghijklmnop ", min_size=3, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
TRACES = st.builds(
    Trace, st.none(), NAMES, st.none() | st.integers(1930, 2010), st.sampled_from(["", "+33639980001", "+33639980002"])
)


def trace(names, year=None, phone=""):
    return Trace(uuid4(), names, year, phone)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (trace("ferrand odile", 1956), trace("ferrand odile", 1956)),
        (trace("ferrand odile", 1956), trace("ferran odile", 1957)),
        (trace("ferrand odile", 1956), trace("odile ferrand")),
        (trace("ferrand odile", 1956, "+33639980001"), trace("ferrand", None, "+33639980001")),
    ],
)
def test_worth_a_second_look(one, other):
    assert is_similar(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (trace("ferrand odile", 1956), trace("ferrand denis", 1956)),
        (trace("ferrand odile", 1956), trace("ferrand odile", 1990)),
        (trace("ferrand odile", None, "+33639980001"), trace("belloc karim", None, "+33639980001")),
    ],
)
def test_plainly_somebody_else(one, other):
    assert not is_similar(one, other)


@given(TRACES, TRACES)
def test_likeness_has_no_side(one, other):
    assert is_similar(one, other) == is_similar(other, one)


@given(TRACES)
def test_everybody_is_like_themselves(one):
    assert is_similar(one, one)


def test_the_closest_first_and_oneself_left_out():
    me = trace("ferrand odile", 1956)
    far, near = trace("ferran odil", 1956), trace("ferrand odile", 1956)
    assert similar(me, [far, me, near, trace("autre", 1956)]) == [near.id, far.id]
