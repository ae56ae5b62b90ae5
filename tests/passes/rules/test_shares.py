"""Funders' parts: they sum, they do not drift, ceilings hold."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.passes.rules.shares import WHOLE, Line, problem, split

FACE = 1000
HALVES = (Line(rate=5000), Line())
RATED = st.lists(st.integers(100, 3000), min_size=0, max_size=3).map(
    lambda rates: (*(Line(rate=rate) for rate in rates), Line())
)


@pytest.mark.parametrize(
    ("total", "lines", "parts"),
    [
        (1000, HALVES, [500, 500]),
        (1000, (Line(rate=5900), Line()), [590, 410]),
        (1000, (Line(rate=3333), Line(rate=3333), Line()), [333, 333, 334]),
        (3000, (Line(amount=600), Line()), [1800, 1200]),
        (3000, (Line(amount=600), Line(rate=1000), Line()), [1800, 300, 900]),
        (10_000, (Line(rate=6500, ceiling=4000), Line()), [4000, 6000]),
        (0, HALVES, [0, 0]),
        (1000, (Line(),), [1000]),
    ],
)
def test_a_whole_is_shared_by_its_lines(total: int, lines: tuple[Line, ...], parts: list[int]) -> None:
    assert split(total, lines, face_value=FACE) == parts


@given(RATED, st.integers(0, 10**9))
def test_parts_sum_to_the_whole_and_stay_within_a_cent(lines: tuple[Line, ...], total: int) -> None:
    parts = split(total, lines, face_value=FACE)
    assert sum(parts) == total
    for part, line in zip(parts, lines, strict=True):
        if line.rate is not None:
            assert abs(Fraction(part) - Fraction(total * line.rate, WHOLE)) < 1


@given(RATED, st.integers(0, 5000))
def test_one_pass_more_never_takes_from_a_funder(lines: tuple[Line, ...], passes: int) -> None:
    before = split(passes * FACE, lines, face_value=FACE)
    after = split((passes + 1) * FACE, lines, face_value=FACE)
    assert all(new >= old for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ((Line(rate=5000),), "rest"),
        ((Line(), Line()), "rest"),
        ((Line(rate=5000, amount=3), Line()), "both"),
        ((Line(rate=5000), Line(ceiling=5)), "ceiling of the rest"),
        ((Line(rate=10_001), Line()), "part"),
        ((Line(amount=1001), Line()), "part"),
        ((Line(rate=8000), Line(amount=300), Line()), "too much"),
    ],
)
def test_what_is_no_plan_is_said(lines: tuple[Line, ...], word: str) -> None:
    assert problem(lines, face_value=FACE) == word
    with pytest.raises(ValueError, match="cannot be shared"):
        split(1000, lines, face_value=FACE)


def test_nothing_is_shared_below_zero() -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        split(-1, HALVES, face_value=FACE)
