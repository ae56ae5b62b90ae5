"""Errors as problem+json (RFC 9457): what is wrong, in a sentence, with the parameters at fault and what is allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Fault:
    """One parameter at fault; `allowed` gives the terms it may hold when they are counted."""

    parameter: str
    message: str | Promise
    allowed: tuple[str, ...] = ()


def _fill(sentence: Promise, **values: object) -> str:
    return str(sentence) % values


# `%` on a lazy sentence translates it at once; this waits until the language of the answer is known.
filled = lazy(_fill, str)


class Problem(Exception):  # noqa: N818 (the word of the standard)
    """An answer that is not the one asked for; its sentences are translated when it is answered."""

    def __init__(
        self,
        status: int,
        detail: str | Promise,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = faults
        self.headers = headers or {}
        self.extra: dict[str, Any] = {}  # members of this problem's own (RFC 9457, 3.2)


def bad_parameter(parameter: str, message: str | Promise, *, status: int = 400) -> Problem:
    """The problem of one parameter."""
    return Problem(status, message, faults=[Fault(parameter, message)])


def response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as an answer, in the language the client asks for (the API does without LocaleMiddleware)."""
    with translation.override(translation.get_language_from_request(request)):
        content = msgspec.json.encode(_body(problem))
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-store", **problem.headers}
    return HttpResponse(content, status=problem.status, content_type=CONTENT_TYPE, headers=headers)


def _body(problem: Problem) -> dict[str, Any]:
    errors = [
        {"parameter": fault.parameter, "message": str(fault.message)}
        | ({"allowed": fault.allowed} if fault.allowed else {})
        for fault in problem.faults
    ]
    detail = " ".join(f"{error['parameter']}: {error['message']}" for error in errors) or str(problem.detail)
    title = HTTPStatus(problem.status).phrase
    body = {"type": "about:blank", "title": title, "status": problem.status, "detail": detail}
    return body | ({"errors": errors} if errors else {}) | problem.extra


def from_validation(errors: Sequence[Mapping[str, Any]], allowed: Mapping[str, Sequence[str]]) -> Problem:
    """One problem for all that pydantic found; `allowed` gives the terms of closed lists by parameter."""
    return Problem(400, "", faults=[_fault(error, allowed) for error in errors])


def _fault(error: Mapping[str, Any], allowed: Mapping[str, Sequence[str]]) -> Fault:
    parameter = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    return Fault(parameter, _sentence(error), tuple(allowed.get(parameter, ())) if error["type"] == "enum" else ())


def _sentence(error: Mapping[str, Any]) -> str | Promise:
    """Our words for pydantic's kinds of error (docs.pydantic.dev, "Validation errors")."""
    kind, context = error["type"], error.get("ctx", {})
    bound = next((f"{context[name]:g}" for name in ("gt", "ge", "le", "max_length") if name in context), "")
    return filled(_SENTENCES.get(kind, _("This value cannot be read.")), bound=bound)


_NUMBER = _("Give a number, with a point before decimals.")
_WHOLE_NUMBER = _("Give a whole number.")
# Pydantic's kinds, then our own (parameters.py).
_SENTENCES = {
    "enum": _("This is not one of the terms of the national standard. Terms are exact, accents included."),
    "missing": _("This parameter must be given."),
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "bool_parsing": _("Give true or false."),
    "string_pattern_mismatch": _("This is not a code of this kind."),
    "string_too_long": _("At most %(bound)s characters."),
    "string_too_short": _("This parameter must not be empty."),
    "greater_than": _("Give a number above %(bound)s."),
    "greater_than_equal": _("Give a number not below %(bound)s."),
    "less_than_equal": _("Give a number not above %(bound)s."),
    "nul": _("This text holds an unreadable character."),
    "moment": _("Give a moment like 2026-11-24T10:00:00+01:00, between 2000 and 2100."),
    "day": _("Give a day like 2026-11-24, between 2000 and 2100."),
}
