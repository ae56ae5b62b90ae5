import pytest

from pourtous.accounts.rules.siret import read_siret
from pourtous.kernel.errors import DomainError


@pytest.mark.parametrize("typed", ["223 400 011 00019", "22340001100019", "223.400.011-00019"])
def test_spaces_and_dots_are_fine(typed):
    assert read_siret(typed) == "22340001100019"


def test_none_is_fine():
    assert read_siret("  ") == ""


@pytest.mark.parametrize("typed", ["0" * 14, "1234", "22340001100018", "abc", "²" * 14, "9" * 400, "٣" * 14])
def test_what_is_not_a_siret_gets_a_sentence(typed):
    with pytest.raises(DomainError) as refused:
        read_siret(typed)
    assert refused.value.field == "siret"
    assert str(refused.value)
