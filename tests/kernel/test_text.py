import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.text import clean, clean_lines, fold, shorten, slug

anything = st.text(max_size=200)


@given(anything)
def test_clean_is_one_composed_line_and_cleaning_again_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}]


@given(anything)
def test_clean_lines_keeps_only_line_breaks(text):
    once = clean_lines(text)
    assert clean_lines(once) == once
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sète\u00a0 \t centre ", "Sète centre"),
        ("E\u0301glise", "Église"),
        ("e\u200b\u0301", "é"),
        ("abc\u202edef\u200d", "abcdef"),
        ("a\0b", "ab"),
        ("un\x0bdeux\x85trois", "un deux trois"),
        ("O'Neil", "O'Neil"),
        ("<script>{{7*7}}%s", "<script>{{7*7}}%s"),
        ("", ""),
    ],
)
def test_what_is_typed_is_put_in_shape(typed, kept):
    assert clean(typed) == kept


@given(anything)
def test_folded_text_is_words_of_plain_letters(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert "  " not in folded
    assert folded == folded.strip()


@given(anything)
def test_folding_minds_no_case_accent_or_form(text):
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Saint-Étienne-d’Albagnan", "saint etienne d albagnan"),
        ("L'ŒUVRE", "l oeuvre"),
        ("Łódź, Ørsted, STRAẞE", "lodz orsted strasse"),
        ("Iı İi", "ii ii"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded
    assert slug(text) == folded.replace(" ", "-")


@given(anything, st.integers(1, 50))
def test_shortened_text_is_never_longer(text, length):
    short = shorten(text, length)
    assert len(short) <= length
    assert short == text or short.endswith("…")
