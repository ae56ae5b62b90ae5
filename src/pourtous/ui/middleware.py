"""Requests nobody should have to think about again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest


class RefuseNulBytes:
    """A NUL byte in an address is never meant and breaks PostgreSQL: refused here, once (forms refuse their own)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 to a path or query that holds a NUL byte."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in query or "\0" in query:
            return HttpResponseBadRequest("Cette adresse contient un signe illisible.", content_type="text/plain")
        return self.get_response(request)
