"""Addresses as people type them, taken apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pourtous.kernel.text import fold
from pourtous.territories.geocoder.parse import parse
from pourtous.territories.geocoder.spelling import canonical, in_full, telling_words


@pytest.mark.parametrize(
    ("text", "number", "suffix", "postcode", "words"),
    [
        ("12 rue des Lilas, 34990 Roquevive", 12, "", "34990", "rue des lilas roquevive"),
        ("3 bis rue des Lilas 34990 ROQUEVIVE", 3, "bis", "34990", "rue des lilas roquevive"),
        ("3bis, rue des Lilas", 3, "bis", "", "rue des lilas"),
        ("14B av. du Moulin", 14, "b", "", "avenue du moulin"),
        ("14 b impasse du Moulin", 14, "b", "", "impasse du moulin"),
        ("12-14 rue des Lilas", 12, "", "", "rue des lilas"),
        ("n° 12 rue des Lilas", 12, "", "", "rue des lilas"),
        ("rue des Lilas 12", 12, "", "", "rue des lilas"),
        ("rue du 8 mai 1945", None, "", "", "rue du 8 mai 1945"),
        ("11 novembre 1918 rue du", None, "", "", "11 novembre 1918 rue du"),
        ("7 rue du 8 mai 1945", 7, "", "", "rue du 8 mai 1945"),
        ("route départementale 613", None, "", "", "route departementale 613"),
        ("12 avenue d'Avezac", 12, "", "", "avenue d avezac"),
        ("12 d'Avezac", 12, "", "", "d avezac"),
        ("Roquevive, 4 place de l'Église", 4, "", "", "roquevive place de l eglise"),
        ("34990 Roquevive", None, "", "34990", "roquevive"),
        ("34 990 Roquevive", None, "", "34990", "roquevive"),
        ("F-34990 Roquevive", None, "", "34990", "roquevive"),
        ("ST FELIN", None, "", "", "saint felin"),
        ("Bd du Gal de Gaulle", None, "", "", "boulevard du general de gaulle"),
    ],
)
def test_number_postcode_and_words(text, number, suffix, postcode, words):
    asked = parse(text)
    assert (asked.number, asked.suffix, asked.postcode) == (number, suffix, postcode)
    assert " ".join(asked.words) == words


@pytest.mark.parametrize(
    "noise",
    [
        "{} CEDEX 2",
        "{} cedex",
        "Mme Martin, {}",
        "Chez M. Martin, {}",
        "chez martin {}",
        "3e étage, {}",
        "1er etage gauche {}",
        "Appt 12, {}",
        "Bâtiment B, {}",
        "bat. c esc 2 {}",
        "{}, BP 12",
        "CS 40012 {}",
        "{}, France",
        "rez-de-chaussée, {}",
        "{}\n",
    ],
)
def test_noise_goes(noise):
    plain = parse("12 rue des Lilas 34990 Roquevive")
    asked = parse(noise.format("12 rue des Lilas 34990 Roquevive"))
    assert asked == plain


def test_a_residence_before_the_number_is_told_apart_from_the_street():
    asked = parse("Résidence Les Pins - 12 rue des Lilas")
    assert asked.words[asked.lead :] == ("rue", "des", "lilas")


def test_a_street_whose_name_looks_like_noise_stays():
    assert parse("porte d'Agde").words == ("porte", "d", "agde")
    assert parse("rue Chez Martin").words


def test_the_place_of_the_postcode_is_kept():
    asked = parse("rue de Roquevive 34990 Saint-Félin")
    assert asked.words[asked.split :] == ("saint", "felin")


@given(st.text(max_size=400))
@example("\0")
@example("12")
@example("34000 34000")
@example("a" * 10_000)
@example("١٢ rue")
def test_any_text_is_taken_apart(text):
    asked = parse(text)
    assert len(asked.words) <= 150
    assert asked.number is None or 0 < asked.number < 10_000
    assert asked.postcode == "" or len(asked.postcode) == 5
    assert all(word == fold(word) for word in asked.words)


@given(st.text(max_size=80))
def test_canonical_is_stable(text):
    assert canonical(canonical(text)) == canonical(text)


@given(st.lists(st.sampled_from("rue av st ste des la lilas bd gal 8 mai".split()), max_size=6))  # noqa: SIM905
def test_full_words_are_stable_and_some_always_tell(words):
    full = in_full(words)
    assert in_full(full) == full
    assert bool(telling_words(full)) == bool(words)
