import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.accounts.rules.passwords import STEMS, Weakness, weakness

TRIMMINGS = string.digits + " !#%*-_.?"


@pytest.mark.parametrize(
    "password",
    [
        "quatre chevaux paisibles",
        "la tortue boit du thé vert",
        "kX9#vBq2!mZr7",
        "correct horse battery staple",
        "8h-Grue-Tilleul-Bocal",
        "été indien sous la pergola",
    ],
)
def test_phrases_and_chance_are_accepted(password):
    assert weakness(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.SHORT),
        ("elevensigns", Weakness.SHORT),
        ("x" * 257, Weakness.LONG),
        ("aaaaaaaaaaaaaa", Weakness.MONOTONOUS),
        ("121212121212", Weakness.MONOTONOUS),
        ("123456789012", Weakness.GUESSABLE),
        ("Motdepasse2026!", Weakness.GUESSABLE),
        ("M0tdep@sse!!!34", Weakness.GUESSABLE),
        ("P@$$w0rd2026!", Weakness.GUESSABLE),
        ("azertyuiop123", Weakness.GUESSABLE),
        ("Azerty!Azerty!1", Weakness.GUESSABLE),
        ("chouchou000100", Weakness.GUESSABLE),
        ("poiuytreza2026", Weakness.GUESSABLE),
        ("Bonjour-Soleil-34", Weakness.GUESSABLE),
        ("abcdefghijklmnop", Weakness.GUESSABLE),
        ("Décembre-2026-!", Weakness.GUESSABLE),
    ],
)
def test_what_is_guessed_first_is_refused(password, why):
    assert weakness(password) == why


KNOWN = ("Nadia Ferrand", "n.ferrand@ccas-meze.example", "CCAS de Mèze", "Hérault")


@pytest.mark.parametrize(
    "password", ["NadiaFerrand34!", "Meze-Herault-2026", "ferrand.nadia.ccas", "H3rault!Nadia34", "nadia.motdepasse1"]
)
def test_names_organisation_and_territory_are_refused(password):
    assert weakness(password, KNOWN) == Weakness.GUESSABLE


def test_a_phrase_that_holds_a_name_is_accepted():
    assert weakness("Nadia aime les girafes bleues", KNOWN) is None


@given(
    st.sampled_from(sorted(stem for stem in STEMS if len(stem) > 5)),
    st.text(TRIMMINGS, max_size=6),
    st.text(TRIMMINGS, min_size=6, max_size=12),
    st.booleans(),
)
def test_a_common_word_with_trimmings_is_always_refused(stem, before, after, is_title):
    word = stem.title() if is_title else stem
    assert weakness((before + word + after).ljust(12, "1")) is not None


@given(st.text(string.ascii_letters, min_size=3, max_size=20), st.text(string.digits, min_size=9, max_size=20))
def test_a_name_with_a_number_is_always_refused(name, number):
    assert weakness(name + number, [name]) is not None


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(password):
    assert weakness(password, KNOWN) in {None, *Weakness}


@given(st.text(string.ascii_lowercase, min_size=16, max_size=16))
def test_short_common_words_inside_chance_do_not_condemn_it(letters):
    if not any(stem in letters for stem in STEMS) and len(set(letters)) > 9:
        assert weakness(letters[::-1] + "xkvwqjzh") is None or any(stem in letters[::-1] for stem in STEMS)
