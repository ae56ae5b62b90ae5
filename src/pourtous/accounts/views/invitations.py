"""Accepting an invitation."""

from django.http import HttpRequest, HttpResponse

from pourtous.kernel.access import public


@public
def accept(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Placeholder for a few minutes."""
    return HttpResponse("")
