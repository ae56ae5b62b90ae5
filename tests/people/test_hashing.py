from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.hashing import name_hashes, phone_hashes

WORDS = st.text(st.characters(whitelist_categories=["Ll", "Lu"], max_codepoint=0x24F), min_size=2, max_size=12)


def test_accents_case_and_order_do_not_matter():
    first = name_hashes("Zoé", "Dupré-Lacan", 1950)
    assert first == name_hashes("lacan", "ZOE DUPRE", 1950)
    assert first != name_hashes("Zoé", "Dupré-Lacan", 1951)


def test_too_little_is_not_hashed():
    assert name_hashes("Zoé", "", 1950) == []
    assert name_hashes("Zoé", "Dupré", None) == []
    assert phone_hashes("") == []


def test_the_key_is_the_installation_s_own(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "one", []
    before = name_hashes("Zoé", "Dupré", 1950)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "two", ["one"]
    after = name_hashes("Zoé", "Dupré", 1950)
    assert after[0] != before[0]
    assert after[1:] == before


def test_a_name_and_a_number_never_meet():
    assert not set(phone_hashes("+33639981234")) & set(name_hashes("+33639981234", "x", 1950))


@given(WORDS, WORDS, st.integers(1900, 2026))
def test_the_same_person_always_meets_themselves(first, last, year):
    assert name_hashes(first, last, year) == name_hashes(f" {last.upper()} ", first.lower(), year)
    assert all(len(one) == 64 and first.lower() not in one for one in name_hashes(first, last, year) if len(first) > 3)
