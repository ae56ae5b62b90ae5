"""The door of the API: reads only, open to all origins, counted, and never an HTML error.

Requests under /api/v… leave the chain of middlewares here: no session, no account, no form is needed to read
open data, and each layer left out is time given back (docs/benchmarks.md).
"""

import logging
from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from pourtous.api.limits import FixedWindow
from pourtous.api.problems import Problem, filled, response
from pourtous.kernel.network import network_of

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
WRITING = {"redeem": "POST, OPTIONS"}  # by name: addresses one writes to, with a key, and what they allow
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, Last-Modified",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
logger = logging.getLogger(__name__)


def open_to_all(answer: HttpResponseBase) -> None:
    """Let pages of any origin read this answer."""
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)


def preflight() -> HttpResponse:
    """What a browser asks before it lets a page of another origin read."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
            "Access-Control-Max-Age": "86400",
        },
    )


def tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the answer the tag of its content; 304 without content when the client has it already."""
    tag = answer.headers.get("ETag") or f'"{blake2b(answer.content, digest_size=12).hexdigest()}"'
    answer.headers["ETag"] = tag
    answer.headers.setdefault("Cache-Control", "public, max-age=60")
    asked = request.headers.get("If-None-Match")
    if not asked or not _matches(asked, tag):
        return answer
    kept = {name: answer.headers[name] for name in ("ETag", "Cache-Control", "Link") if name in answer.headers}
    return HttpResponse(status=304, headers=kept)


def _matches(asked: str, tag: str) -> bool:
    """Weak comparison (RFC 9110, 13.1.2): compression on the way makes a tag weak."""
    return asked.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}


class ApiDoor:
    """Answers what is under /api/ but the page /api/ itself; lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.window = FixedWindow(limit=settings.API_REQUESTS_PER_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass on."""
        if not request.path_info.startswith(PREFIX) or request.path_info == PREFIX:
            return self.get_response(request)
        answer = self.answer(request)
        open_to_all(answer)
        if request.method == "HEAD":
            answer.headers["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the problem."""
        try:
            return self.read(request)
        except Problem as problem:
            return response(request, problem)
        except Exception as error:  # noqa: BLE001 (never an HTML error: the last door before the client)
            return response(request, _unforeseen(request, error))

    def read(self, request: HttpRequest) -> HttpResponse:
        """Check the door's own rules, then let the view answer."""
        request.get_host()
        found = resolve(request.path_info)
        if found.url_name in WRITING:
            return self.write(request, found)
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in {"GET", "HEAD"}:
            raise Problem(405, _("This API is for reading: use GET."), headers={"Allow": METHODS})
        if seconds := self.window.wait(network_of(request)):
            raise _too_often(seconds)
        request.resolver_match = found
        return _ask(request, found)

    def write(self, request: HttpRequest, found: ResolverMatch) -> HttpResponse:
        """Let a program write, with its key: never a page of another origin, so no preflight is answered."""
        allowed = WRITING[found.url_name or ""]
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": allowed})
        if request.method != "POST":
            raise Problem(405, _("This address is for writing: use POST."), headers={"Allow": allowed})
        if seconds := self.window.wait(network_of(request)):
            raise _too_often(seconds)
        request.resolver_match = found
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer


def _too_often(seconds: int) -> Problem:
    detail = _("Too many requests. Try again in %(seconds)s seconds, or take the whole file at /donnees/.")
    return Problem(429, filled(detail, seconds=seconds), headers={"Retry-After": str(seconds)})


def _ask(request: HttpRequest, found: ResolverMatch) -> HttpResponse:
    method, request.method = request.method, "GET"
    try:
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    finally:
        request.method = method
    return tagged(request, answer) if answer.status_code == HTTPStatus.OK else answer


def _unforeseen(request: HttpRequest, error: Exception) -> Problem:
    match error:
        case Http404():
            return Problem(404, _("There is nothing at this address. The API is described at /api/."))
        case SuspiciousOperation():
            return Problem(400, _("This request cannot be read."))
        case OperationalError():
            logger.error("the database did not answer: %s", error)
            return Problem(503, _("The service is busy. Try again in a minute."), headers={"Retry-After": "60"})
    logger.error("error at %s", request.path, exc_info=error)
    return Problem(500, _("We failed to answer. The error is recorded."))
