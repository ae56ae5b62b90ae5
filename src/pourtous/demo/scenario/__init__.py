"""The demonstration territory as data: invented places, streets, people and reports, on real communes."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from pourtous.kernel.ids import ALPHABET, check_letter
from pourtous.passes.rules.codes import CODE_LENGTH

FOLDER = Path(__file__).resolve().parent
_SPACE = UUID("6f2d3a52-34aa-5b34-9c11-0d1ce0dec0de")
_CODE_LETTERS = 7


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the scenario: "places", "streets", "zones", "organisations", "reports", "imports"…"""
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def digest() -> str:
    """What changes when a file of the scenario changes."""
    files = sorted((*FOLDER.glob("*.json"), *FOLDER.glob("*.csv")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def fixed_id(kind: str, key: str) -> UUID:
    """The same id each time for the same thing."""
    return uuid5(_SPACE, f"{kind}/{key}")


def fixed_code(kind: str, key: str) -> str:
    """The same code for people each time, with its check letter."""
    number = fixed_id(kind, key).int
    body = "".join(ALPHABET[number >> 5 * place & 31] for place in range(_CODE_LETTERS))
    return body + check_letter(body)


def fixed_pass(position: int) -> tuple[str, str]:
    """Code and token of a pass of the book that anybody may try in the demonstration."""
    number = fixed_id("pass", str(position)).int
    body = "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH - 1))
    token = base64.urlsafe_b64encode(fixed_id("token", str(position)).bytes).rstrip(b"=").decode()
    return body + check_letter(body), token
