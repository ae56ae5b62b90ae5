import pytest

from pourtous.activities.rules.initials import initials
from pourtous.activities.rules.lengths import length


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Odile Ferrand", "O. F."),
        ("Jean-Baptiste de La Tour", "J-B. L. T."),
        ("lucette", "L."),
        ("", ""),
        ("- x", "X."),
    ],
)
def test_initials(name, short):
    assert initials(name).replace(". .", ".").strip(" .") + ("." if short else "") == short


@pytest.mark.parametrize(("minutes", "words"), [(5, "5 min"), (60, "1 h"), (90, "1 h 30"), (125, "2 h 05")])
def test_lengths(minutes, words):
    assert length(minutes).replace("\u00a0", " ") == words
