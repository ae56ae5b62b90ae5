"""Addresses that hold a NUL byte."""

import pytest


@pytest.mark.parametrize("path", ["/travail/agenda/liste/?du=%00", "/%00"])
def test_a_nul_byte_gets_a_page_with_a_title(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "<title>Cette adresse ne se lit pas" in answer.content.decode()
