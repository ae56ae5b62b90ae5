"""The public page of a place that is not saved yet: the public site, which stands above, says how it is drawn."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pourtous.places.models import Place

Draw = Callable[[HttpRequest, Place], HttpResponse]
_draw: list[Draw] = []


def set_preview(draw: Draw) -> None:
    """Let the public site draw previews. Called once at start (`AppConfig.ready`)."""
    _draw[:] = [draw]


def preview(request: HttpRequest, place: Place) -> HttpResponse:
    """The public page of the place as it is in memory."""
    return _draw[0](request, place)
