"""Codes of passes that a test can show: the database keeps digests only."""

from dataclasses import dataclass

from pourtous.passes.models import Pass
from pourtous.passes.rules.codes import new_pass_code, new_token
from pourtous.passes.sealing import digest


@dataclass(frozen=True)
class Codes:
    """What is printed on a pass."""

    code: str
    token: str


def known_codes(made, number=1):
    """New codes for the passes of a book of this world, by position."""
    found = {}
    for one in Pass.objects.filter(book__campaign=made.campaign, book__number=number):
        codes = found[one.position] = Codes(new_pass_code(), new_token())
        Pass.objects.filter(pk=one.pk).update(code_digest=digest(codes.code), token_digest=digest(codes.token))
    return found
