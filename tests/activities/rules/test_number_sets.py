"""Sets of numbers as strings of bits."""

from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.rules.number_sets import packed, united

NUMBERS = st.sets(st.integers(min_value=0, max_value=300), max_size=8)


@given(st.lists(NUMBERS, max_size=5))
def test_the_union_counts_each_number_once(sets):
    assert united(map(packed, sets)).bit_count() == len(set().union(*sets))


def test_an_empty_set_is_nothing():
    assert packed([]) == b""
    assert united([]) == 0
