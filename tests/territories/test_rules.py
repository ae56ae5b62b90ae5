"""Pasted lists and dates of zones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.territories.rules import is_open, split_list


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("34001\n34002", ["34001", "34002"]),
        ("34001 34002  2A004", ["34001", "34002", "2A004"]),
        ("34001;34002,34003\t34004", ["34001", "34002", "34003", "34004"]),
        ("34001 Abeilhan\n34002 – Adissan", ["34001", "34002"]),
        ("Abeilhan (34001)\nAdissan - 34002", ["34001", "34002"]),
        ("• Roquevive-les-Pins\n- Saint-Félin", ["Roquevive-les-Pins", "Saint-Félin"]),
        ("34001\n\n 34001 ", ["34001"]),
        ('"34001"\n', ["34001"]),
        ("", []),
    ],
)
def test_a_pasted_list_is_split(text, items):
    assert split_list(text) == items


@given(st.text(max_size=300))
def test_any_text_is_split_without_doubles_or_blanks(text):
    items = split_list(text)
    assert len(items) == len(set(items))
    assert all(item.strip() for item in items)


def test_the_last_day_is_out():
    start, end = date(2026, 1, 1), date(2026, 7, 1)
    assert is_open(start, end, start)
    assert is_open(start, None, date(2036, 1, 1))
    assert not is_open(start, end, end)
    assert not is_open(start, end, date(2025, 12, 31))
