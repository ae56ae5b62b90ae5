"""Amounts in French words."""

import pytest

from pourtous.passes.rules.in_words import amount_in_words


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zéro euro"),
        (100, "un euro"),
        (101, "un euro et un centime"),
        (2_100, "vingt-et-un euros"),
        (7_150, "soixante-et-onze euros et cinquante centimes"),
        (8_000, "quatre-vingts euros"),
        (8_100, "quatre-vingt-un euros"),
        (9_100, "quatre-vingt-onze euros"),
        (20_000, "deux-cents euros"),
        (23_000, "deux-cent-trente euros"),
        (100_000, "mille euros"),
        (8_000_000, "quatre-vingt-mille euros"),
        (20_000_000, "deux-cent-mille euros"),
        (123_450, "mille-deux-cent-trente-quatre euros et cinquante centimes"),
        (100_000_000, "un-million d’euros"),
        (200_000_100, "deux-millions-un euros"),
    ],
)
def test_in_words(cents, words):
    assert amount_in_words(cents) == words


@pytest.mark.parametrize("cents", [-1, 100_000_000_000])
def test_what_cannot_be_written(cents):
    with pytest.raises(ValueError, match="cannot be written"):
        amount_in_words(cents)
