"""What is printed on a pass: a code one types, a token one scans, a serial number.

The code has 12 letters without look-alikes: 11 at random (55 bits) and a check letter. The token has 128 bits; it is
the end of the address in the QR code. Neither is kept: the database holds keyed digests (`sealing.py`), so that a copy
of it spends nothing. A code that begins with "V" followed by more than 12 letters is left free for signed codes.
"""

import re
import secrets

from pourtous.kernel.ids import new_code, read_code

CODE_LENGTH = 12
TOKEN_BYTES = 16
SERIAL_DIGITS = 6
CENTURY = 2000  # campaigns are of the years 2000 to 2099: two figures name one
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_ADDRESS = re.compile(r"/p/([A-Za-z0-9_-]{22})/?(?:[?#].*)?")
_LONGEST = 300  # of what a scanner may send: an address, never a text


def new_pass_code() -> str:
    """A code of 12 letters, the last one its check."""
    return new_code(CODE_LENGTH)


def written(code: str) -> str:
    """As people read and dictate it: three groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_typed(text: str) -> str | None:
    """The code somebody typed: small letters, spaces, hyphens, O for 0, I or L for 1 are put straight.

    None when it cannot be a code of a pass.
    """
    if len(text) > _LONGEST:
        return None
    code = read_code(text.replace(".", ""))
    return code if code is not None and len(code) == CODE_LENGTH else None


def new_token() -> str:
    """128 bits as 22 letters of an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def read_scanned(text: str, *, host: str) -> tuple[str, str] | None:
    """What a scanner or a person gave: ("token", …) from our address, or ("code", …); None for anything else.

    `host` is the name of this site: a QR code of another domain is not ours, whatever its path.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if "://" in text:
        scheme, _, rest = text.partition("://")
        domain, slash, path = rest.partition("/")
        found = _ADDRESS.fullmatch(slash + path)
        is_ours = scheme.lower() in {"http", "https"} and domain.lower() == host.lower()
        return ("token", found[1]) if found and is_ours else None
    code = read_typed(text)
    if code is not None:
        return "code", code
    return ("token", text) if TOKEN.fullmatch(text) else None


def serial(year: int, number: int, position: int | None = None) -> str:
    """The serial number of a book ("26-000123"), or of one of its passes ("26-000123-04"). Never given twice."""
    book = f"{year % 100:02d}-{number:0{SERIAL_DIGITS}d}"
    return book if position is None else f"{book}-{position:02d}"


def read_serial(text: str) -> tuple[int, int] | None:
    """Year and number of the book, from the serial of a book or of a pass; None if it is neither."""
    found = re.fullmatch(rf"(\d{{2}})[\s-]?(\d{{{SERIAL_DIGITS}}})(?:[\s-]?\d{{2}})?", text.strip(), re.ASCII)
    return (CENTURY + int(found[1]), int(found[2])) if found else None
