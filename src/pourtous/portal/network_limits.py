"""How often one network may send something in a while: counted in the shared cache, forgotten with it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from pourtous.kernel.network import network_of

TEN_MINUTES = 600
_MISSED = "missed-code"


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int, whose: str = "") -> bool:
    """Count this once; True when this network (or `whose`, a code or a number) did it more than `most` times.

    Only a keyed digest of the address is kept.
    """
    key = _key(request, what, whose)
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended meanwhile
        return False


def has_done(request: HttpRequest, what: str, *, most: int) -> bool:
    """Whether this network did it `most` times already; counts nothing."""
    return int(cache.get(_key(request, what, ""), 0)) >= most


def has_guessed_enough(request: HttpRequest) -> bool:
    """Whether this network has tried too many codes that open nothing. Good codes do not count: a hall is not shut out."""
    return has_done(request, _MISSED, most=settings.BOOKING["guesses"] * 3)


def count_guess(request: HttpRequest) -> None:
    """A code that opens nothing: forgotten after ten minutes."""
    is_too_often(request, _MISSED, most=0, seconds=TEN_MINUTES)


def limits_guesses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page whose address holds a code: each 404 is a guess; after too many, good and bad codes answer alike."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_guessed_enough(request):
            page = render(request, "portal/errors/too_many_codes.html", status=HTTPStatus.TOO_MANY_REQUESTS)
            page["Retry-After"] = str(TEN_MINUTES)
            return page
        try:
            return view(request, *args, **kwargs)
        except Http404:
            count_guess(request)
            raise

    return limited


def _key(request: HttpRequest, what: str, whose: str) -> str:
    who = salted_hmac("portal.limits", whose or network_of(request), algorithm="sha256").hexdigest()[:32]
    return f"limit:{what}:{who}"
