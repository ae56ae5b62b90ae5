from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pourtous.agenda.rules.slots import cut, is_free, merged, ticks_in

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine too

SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=12)


def test_slots_begin_with_the_opening():
    assert list(cut((0, 36), [], length=9)) == [0, 9, 18, 27]


def test_after_a_booking_the_next_slot_begins_at_once():
    assert list(cut((0, 36), [(0, 7)], length=9)) == [7, 16, 25]
    assert list(cut((0, 36), [(9, 12), (25, 26)], length=9)) == [0, 12, 26]


def test_a_rest_may_run_over_the_end_but_not_into_what_is_taken():
    assert list(cut((0, 18), [], length=9, rest=3)) == [0]
    assert list(cut((0, 21), [], length=9, rest=3)) == [0, 12]
    assert list(cut((0, 21), [(22, 30)], length=9, rest=3)) == [0]
    assert list(cut((0, 21), [(24, 30)], length=9, rest=3)) == [0, 12]


def test_what_is_taken_before_and_around():
    assert list(cut((10, 20), [(0, 12), (18, 40)], length=3)) == [12, 15]
    assert list(cut((10, 20), [(0, 50)], length=3)) == []
    assert list(cut((10, 20), [(0, 10), (20, 50)], length=5)) == [10, 15]


def test_minutes_become_whole_ticks():
    assert [ticks_in(minutes) for minutes in (0, 5, 7, 45)] == [0, 1, 2, 9]


@CALM
@given(SPANS)
def test_merged_spans_hold_the_same_ticks_and_do_not_touch(spans):
    whole = {tick for first, last in spans for tick in range(first, last)}
    found = merged(spans)
    assert {tick for first, last in found for tick in range(first, last)} == whole
    assert all(before[1] < after[0] for before, after in pairwise(found))


@CALM
@given(SPANS, st.integers(0, 200), st.integers(0, 60), st.integers(1, 20), st.integers(0, 6))
def test_slots_lie_in_the_opening_and_touch_nothing_taken(spans, start, width, length, rest):
    busy = merged(spans)
    taken = {tick for first, last in busy for tick in range(first, last)}
    found = list(cut((start, start + width), busy, length=length, rest=rest))
    for before, after in pairwise(found):
        assert before + length + rest <= after
    for first in found:
        assert start <= first
        assert first + length <= start + width
        assert not taken & set(range(first, first + length + rest))


@CALM
@given(SPANS, st.integers(0, 200), st.integers(0, 60), st.integers(1, 20))
def test_no_gap_is_lost(spans, start, width, length):
    """Where a slot would still fit beside those cut, there is one: no free run as long as a slot is left over."""
    busy = merged(spans)
    slots = [(first, first + length) for first in cut((start, start + width), busy, length=length)]
    left = merged([*busy, *slots])
    assert not any(is_free((first, first + length), left) for first in range(start, start + width - length + 1))


@CALM
@given(SPANS, st.integers(0, 220), st.integers(1, 30))
def test_free_means_no_tick_taken(spans, first, width):
    taken = {tick for begin, end in spans for tick in range(begin, end)}
    assert is_free((first, first + width), merged(spans)) == (not taken & set(range(first, first + width)))
