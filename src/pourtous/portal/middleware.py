"""No blank page: an address that only answers a button says so to who opens it (a reload, a way back after signing in)."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class SayWhatIsNotAllowed:
    """Gives an empty 405 a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with words when it has none."""
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or answer.content:
            return answer
        page = render(request, "portal/errors/not_a_page.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page.headers["Allow"] = answer.headers["Allow"]
        return page
