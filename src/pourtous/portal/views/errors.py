"""Error pages that help."""

from django.http import HttpRequest, HttpResponse

from pourtous.kernel.access import public


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is nothing here."""
    return HttpResponse("404", status=404)


@public
def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """We failed."""
    return HttpResponse("500", status=500)
