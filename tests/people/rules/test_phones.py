import pytest

from pourtous.people.rules.phones import is_mobile, read_phone


@pytest.mark.parametrize(
    "text",
    [
        "06 39 98 12 34",
        "0639981234",
        "06.39.98.12.34",
        "+33 6 39 98 12 34",
        "0033639981234",
        "06-39-98-12-34",
        "\u202a06 39 98 12 34\u202c",
    ],
)
def test_a_number_is_kept_in_one_form(text):
    assert read_phone(text) == "+33639981234"


def test_overseas_numbers_are_understood():
    assert read_phone("0692 12 34 56") == "+262692123456"


@pytest.mark.parametrize("text", ["12", "chez ma sœur", "06 39 98", "+999 1", "0" * 80])
def test_what_is_no_number_is_none(text):
    assert read_phone(text) is None


def test_nothing_said_is_no_fault():
    assert read_phone("  ") == ""


def test_only_mobiles_get_text_messages():
    assert is_mobile("+33639981234")
    assert not is_mobile("+33465712010")
    assert not is_mobile("")
    assert not is_mobile("nothing")
