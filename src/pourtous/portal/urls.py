"""Addresses of the public site."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from pourtous.kernel.access import public


@public
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Placeholder until the portal lands."""
    return HttpResponse("Pourtous")


urlpatterns = [path("", home, name="home")]
