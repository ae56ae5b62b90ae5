"""The directory: a search and one place."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query

from pourtous.api import cursors
from pourtous.api.parameters import PlaceParameters
from pourtous.api.problems import Problem, bad_parameter
from pourtous.api.service import COMMON_PROBLEMS, api, json_answer, refuse_unknown
from pourtous.api.shapes import PlaceItem, PlacePage, ProblemDetails, found_item, place_item
from pourtous.kernel.clock import now
from pourtous.kernel.errors import DomainError
from pourtous.places import queries
from pourtous.places.rules.hours import opening_at


@api.get(
    "/places",
    response={200: PlacePage, **COMMON_PROBLEMS},
    summary=gettext_noop("Find places"),
    description=gettext_noop(
        "By distance when lat and lon are given, else by name. A parameter that takes terms may be repeated: any of "
        "them is enough. All parameters given must hold."
    ),
    operation_id="places",
    url_name="places",
)
def find_places(request: HttpRequest, asked: Query[PlaceParameters]) -> HttpResponse:
    """One page of places."""
    refuse_unknown(request, PlaceParameters)
    moment = now()
    after = cursors.opened(request, asked.cursor) if asked.cursor else None
    try:
        found = queries.search(asked.wanted(moment), now=moment, limit=asked.limit, after=after, is_counted=False)
    except DomainError as error:
        raise bad_parameter("cursor" if after else "", str(error)) from error
    following = cursors.sealed(request, found.next) if found.next else None
    answer = json_answer({"items": [found_item(one) for one in found.items], "next": following})
    if following:
        answer.headers["Link"] = f'<{cursors.next_address(request, following)}>; rel="next"'
    return answer


@api.get(
    "/places/{id}",
    response={200: PlaceItem, 404: ProblemDetails, **COMMON_PROBLEMS},
    summary=gettext_noop("One place"),
    description=gettext_noop("The place of this code."),
    operation_id="place",
    url_name="place",
)
def one_place(request: HttpRequest, id: Path[str]) -> HttpResponse:  # noqa: A002 (the name in the address)
    """One place by its code."""
    refuse_unknown(request, None)
    place = queries.published(id)
    if place is None:
        raise Problem(404, _("No place has this code, or it is not published any more."))
    moment = now()
    return json_answer(place_item(place, opening_at(place.opening_hours, moment), None))
