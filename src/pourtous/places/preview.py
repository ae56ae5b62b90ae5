"""The public page of a place that is not saved yet: the public site, which stands above, says how it is drawn."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pourtous.places.models import Place

Draw = Callable[[HttpRequest, Place], HttpResponse]
_draw: list[Draw] = []  # the whole page, then its content alone


def set_preview(page: Draw, part: Draw) -> None:
    """Let the public site draw previews, as a page and as its content alone. Called once at start (`AppConfig.ready`)."""
    _draw[:] = [page, part]


def preview(request: HttpRequest, place: Place) -> HttpResponse:
    """The public page of the place as it is in memory."""
    return _draw[0](request, place)


def preview_part(request: HttpRequest, place: Place) -> HttpResponse:
    """What is on the public page of the place as it is in memory, to be shown beside the form."""
    return _draw[1](request, place)
