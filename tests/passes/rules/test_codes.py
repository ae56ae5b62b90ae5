"""Codes as people type them, addresses as cameras read them."""

from hypothesis import given
from hypothesis import strategies as st

from pourtous.passes.rules.codes import (
    new_pass_code,
    new_token,
    read_scanned,
    read_serial,
    read_typed,
    serial,
    written,
)

HOST = "pourtous.example"


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_pass_code()
    assert len(code) == 12
    for typed in (code, code.lower(), written(code), f" {code[:4]}-{code[4:8]}.{code[8:]} ", code.replace("0", "o")):
        assert read_typed(typed) == code
    assert read_typed(code.replace("1", "I")) == code


def test_a_slip_of_the_finger_is_seen() -> None:
    code = new_pass_code()
    wrong = "A" if code[3] != "A" else "B"
    assert read_typed(code[:3] + wrong + code[4:]) is None
    assert read_typed(code[:-1]) is None


@given(st.text(max_size=400))
def test_anything_typed_or_scanned_has_an_answer(text: str) -> None:
    assert read_typed(text) is None or len(read_typed(text) or "") == 12
    found = read_scanned(text, host=HOST)
    assert found is None or found[0] in {"token", "code"}


def test_only_our_own_address_is_read() -> None:
    token = new_token()
    assert len(token) == 22
    for text in (
        f"https://{HOST}/p/{token}",
        f"HTTPS://{HOST.upper()}/p/{token}",
        f" https://{HOST}/p/{token}/?x=1 ",
        token,
    ):
        assert read_scanned(text, host=HOST) == ("token", token)
    for text in (
        f"https://other.example/p/{token}",
        f"https://{HOST}.evil.example/p/{token}",
        f"https://{HOST}/q/{token}",
        f"ftp://{HOST}/p/{token}",
        "x" * 4000,
        "",
    ):
        assert read_scanned(text, host=HOST) is None


def test_serials_are_written_and_read() -> None:
    assert serial(2026, 123) == "26-000123"
    assert serial(2026, 123, 4) == "26-000123-04"
    assert read_serial("26-000123-04") == read_serial("26 000123") == (2026, 123)
    assert read_serial("26-123") is None
    assert read_serial("٢٦-000123") is None
