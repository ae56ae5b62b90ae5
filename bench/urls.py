"""The product's addresses, and a constant to compare with: what the server alone takes for an answer of that size."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import path

from pourtous.api.examples import PLACE
from pourtous.config.urls import handler404, handler500, urlpatterns
from pourtous.kernel.access import public

__all__ = ["handler404", "handler500", "urlpatterns"]
_VALUE = {"items": [PLACE] * 20, "next": None}
_encode = msgspec.json.Encoder().encode


@public
def constant(_request: HttpRequest) -> HttpResponse:
    """Twenty times the same place, encoded anew for each answer."""
    return HttpResponse(_encode(_VALUE), content_type="application/json")


urlpatterns = [path("api/v1/constant", constant), *urlpatterns]
