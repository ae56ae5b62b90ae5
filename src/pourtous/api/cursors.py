"""Cursors as clients see them: opaque, ours (signed), and good for the question they were given with only."""

from hashlib import blake2b
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from pourtous.api.problems import Problem, bad_parameter

_signer = Signer(salt="pourtous.api.cursor")
_UNBOUND = ("cursor", "limit")


def sealed(request: HttpRequest, after: str) -> str:
    """The cursor for what comes after, bound to the question."""
    return _signer.sign(f"{after}.{_question(request.GET)}").replace(":", ".")


def opened(request: HttpRequest, cursor: str) -> str:
    """What the cursor holds. Raises a Problem when it was altered or belongs to another question."""
    body, _dot, signature = cursor.rpartition(".")
    try:
        after, _dot, question = _signer.unsign(f"{body}:{signature}").rpartition(".")
    except BadSignature as error:
        raise _refused() from error
    if question != _question(request.GET):
        raise _refused()
    return after


def _refused() -> Problem:
    return bad_parameter("cursor", _("This cursor is not one we gave for these parameters. Start again without it."))


def next_address(request: HttpRequest, cursor: str) -> str:
    """The address of the next page, relative to the host."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"


def _question(asked: QueryDict) -> str:
    """A digest of all parameters but those that may change from page to page."""
    kept = sorted((name, value) for name, values in asked.lists() if name not in _UNBOUND for value in values)
    return blake2b(urlencode(kept).encode(), digest_size=6).hexdigest()
