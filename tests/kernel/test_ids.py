from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.ids import ALPHABET, check_letter, new_code, read_code, uuid7


def test_uuid7_is_ordered_by_time_and_says_its_version():
    first, second = uuid7(), uuid7()
    assert first.version == second.version == 7
    assert first.int >> 80 <= second.int >> 80


def test_a_code_typed_badly_is_put_straight():
    code = new_code()
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == code


@given(st.text(ALPHABET, min_size=5, max_size=5), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_seen(body, position, letter):
    wrong = body[:position] + letter + body[position + 1 :]
    changed = ALPHABET.index(letter) % 31 != ALPHABET.index(body[position]) % 31
    assert (check_letter(wrong) != check_letter(body)) is changed


def test_what_is_no_code_is_refused():
    assert read_code("") is None
    assert read_code("Frontignan") is None
