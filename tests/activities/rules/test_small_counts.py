"""What a page without login keeps to itself."""

from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.rules.small_counts import LEAST_SHOWN, shown, suppressed

COUNTS = st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 60))


def test_a_small_count_takes_the_next_smallest_with_it():
    assert shown({"a": 100, "b": 40, "c": 3, "d": 0}) == {"a": 100, "d": 0}


def test_two_small_ones_that_make_enough_suffice():
    assert suppressed({"a": 100, "b": 7, "c": 6}) == {"b", "c"}


def test_two_small_ones_that_make_little_take_a_third():
    assert suppressed({"a": 100, "b": 20, "c": 2, "d": 1}) == {"b", "c", "d"}


def test_nothing_small_nothing_hidden():
    assert suppressed({"a": 11, "b": 0}) == frozenset()


def test_alone_with_zeros():
    assert suppressed({"a": 5, "b": 0}) == {"a", "b"}


@given(COUNTS)
def test_no_small_count_is_shown_or_can_be_worked_out(counts):
    hidden = suppressed(counts)
    assert not any(0 < count < LEAST_SHOWN for key, count in counts.items() if key not in hidden)
    if hidden and len(counts) > 1:
        assert len(hidden) > 1
        left_out = sum(counts[key] for key in hidden)
        assert left_out >= LEAST_SHOWN or len(hidden) == len(counts)
