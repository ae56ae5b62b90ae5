"""Ids: UUIDv7 for rows, short codes with a check letter for people."""

import secrets
import time
from uuid import UUID

# Crockford's base 32: no I, L, O, U, so that nothing looks like 1 or 0.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_CODE_LENGTH = 6


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562): ordered by millisecond, then random."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def new_code(length: int = _CODE_LENGTH) -> str:
    """A random code for people: `length` letters, the last one a check letter."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_letter(body)


def check_letter(body: str) -> str:
    """The letter that makes single typing errors and neighbouring swaps visible.

    Weighted sum modulo 31, weights 1, 2, 3…: 31 is prime, so one wrong letter or two
    swapped neighbours always change it (but for "0" against "Z", 31 apart).
    """
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, start=1))
    return ALPHABET[total % 31]


def read_code(text: str) -> str | None:
    """The code a person typed, put straight; None when it cannot be one of ours."""
    code = "".join(text.upper().split()).replace("-", "").translate(_LOOKALIKES)
    if len(code) < 3 or any(letter not in ALPHABET for letter in code):  # noqa: PLR2004 (body, body, check)
        return None
    return code if check_letter(code[:-1]) == code[-1] else None
