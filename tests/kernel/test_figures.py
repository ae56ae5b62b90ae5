import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.figures import shares

counts = st.lists(st.integers(0, 10**9), max_size=40)


@given(counts)
def test_shares_add_to_a_hundred_or_are_all_nothing(numbers):
    assert sum(shares(numbers)) == (100 if any(numbers) else 0)
    assert len(shares(numbers)) == len(numbers)


@given(counts.filter(any))
def test_each_share_is_within_a_point_of_the_exact_one(numbers):
    for number, share in zip(numbers, shares(numbers), strict=True):
        assert abs(100 * number / sum(numbers) - share) < 1
        assert number or not share


@given(counts.filter(any))
def test_a_larger_count_never_has_a_smaller_share(numbers):
    ranked = sorted(zip(numbers, shares(numbers), strict=True))
    assert [share for _number, share in ranked] == sorted(share for _number, share in ranked)


def test_known_cases():
    assert shares([1, 1, 1]) == [34, 33, 33]
    assert shares([]) == []
    assert shares([0, 0]) == [0, 0]
    assert shares([5]) == [100]
    with pytest.raises(ValueError, match="below zero"):
        shares([-1, 2])
