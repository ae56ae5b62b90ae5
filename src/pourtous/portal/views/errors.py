"""Error pages that help: what happened, what to do now, who to call."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from pourtous.kernel.access import public


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing here."""
    return render(request, "portal/errors/not_found.html", status=404)


@public
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The address or what was sent cannot be read."""
    return render(request, "portal/errors/unreadable.html", status=400)


@public
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """This is for somebody else."""
    return render(request, "portal/errors/refused.html", status=403)


@public
def expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form sent from too old a page."""
    return render(request, "portal/errors/expired.html", status=403)


@public
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Sent too often from the same network."""
    response = render(request, "portal/errors/too_many.html", status=429)
    response["Retry-After"] = "3600"
    return response


@public
def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """We failed. Nothing here asks the database or the request for anything."""
    page = render_to_string("portal/errors/failed.html", {"territory": settings.TERRITORY, "is_demo": settings.DEMO})
    return HttpResponse(page, status=500)
