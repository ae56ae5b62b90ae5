"""Requests nobody should have to think about again."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

_DIGITS = 12  # of a length in bytes
_PATIENCE = 100  # megabytes


class RefuseNulBytes:
    """A NUL byte in an address is never meant and breaks PostgreSQL: refused here, once (forms refuse their own)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 to a path or query that holds a NUL byte, with the page that says so."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in query or "\0" in query:
            unreadable = get_resolver().resolve_error_handler(HTTPStatus.BAD_REQUEST)
            return unreadable(request)
        return self.get_response(request)


class RefuseTooBig:
    """What nobody could mean to send is refused before any of it is kept: a form would be read to its end first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to what says it is longer than MAX_REQUEST_BYTES."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > _DIGITS or int(length) > settings.MAX_REQUEST_BYTES:
            self._let_it_come(request)
            sentence = (
                "Cet envoi est trop gros. Un fichier peut peser 10 Mo. Revenez en arrière et choisissez-en un autre."
            )
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)

    def _let_it_come(self, request: HttpRequest) -> None:
        """Read what is not absurd and forget it: a browser shows an answer only once it has sent all."""
        for _block in range(_PATIENCE):
            if not request.read(1 << 20):
                return
