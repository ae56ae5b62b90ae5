"""Codes of the public that open nothing: counted for each network; after too many, good and bad ones answer alike."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pourtous.kernel.network_limits import TEN_MINUTES, is_too_often, times

_MISSED = "missed-code"


def has_guessed_enough(request: HttpRequest) -> bool:
    """Whether this network has tried too many codes that open nothing. Good codes do not count: a hall is not shut out."""
    return times(request, _MISSED) >= settings.BOOKING["guesses"] * 3


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
