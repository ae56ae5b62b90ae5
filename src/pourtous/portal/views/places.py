"""One place: its page, its paper, and "something is wrong here"."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from pourtous.agenda.enums import Booker
from pourtous.agenda.queries.offers import soonest_by_place
from pourtous.agenda.rules.wording import when
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place
from pourtous.places.operations.reports import report_problem
from pourtous.places.queries import known, report_of_number
from pourtous.portal.cards import booking_url, place_url
from pourtous.portal.forms import ReportForm
from pourtous.portal.rules.asked import Asked, Step, read
from pourtous.portal.sheets import sheet
from pourtous.portal.structured import json_ld
from pourtous.portal.views.search import address
from pourtous.portal.where import spot_of

GONE = 410


def _shown(code: str) -> Place:
    place = known(code)
    if place is None:
        raise Http404
    return place


@public
def place(request: HttpRequest, code: str, name: str = "") -> HttpResponse:  # noqa: ARG001 (for people who read the address)
    """All one needs to know before going. An old address leads to the one of today."""
    found = _shown(code)
    url = place_url(found)
    if found.state == PlaceState.CLOSED:
        return render(request, "portal/closed.html", {"place": found, "near_url": _near(found)}, status=GONE)
    asked = read(request.GET)
    query = asked.query()
    if request.path != url:
        return redirect(f"{url}?{query}" if query else url, permanent=not query)
    return render(request, "portal/place.html", _page(found, asked))


def _page(found: Place, asked: Asked) -> dict[str, Any]:
    """What the page of a place shows."""
    now = clock.now()
    slot = soonest_by_place([found], booker=Booker.PUBLIC, now=now).get(found.pk)
    return {
        "soonest": when(slot.starts_at) if slot else "",
        "book_url": booking_url(found),
        "sheet": sheet(found, asked, spot_of(asked), now),
        "place": found,
        "query": asked.query(),
        "back_url": address(Step.RESULTS, asked) if asked.says_where else "",
        "print_url": reverse("place-print", kwargs={"code": found.code}),
        "report_url": reverse("place-report", kwargs={"code": found.code}),
        "json_ld": json_ld(found, settings.PUBLIC_URL + place_url(found)),
        "is_draft": False,
        "is_part": False,
    }


def draft(request: HttpRequest, found: Place) -> HttpResponse:
    """The page a place would have: for `places.preview`, whose view has checked who asks."""
    return render(request, "portal/place.html", _page(found, read(QueryDict())) | {"is_draft": True})


def draft_part(request: HttpRequest, found: Place) -> HttpResponse:
    """What is on that page, to stand beside the form."""
    return render(request, "portal/parts/place.html", _page(found, read(QueryDict())) | {"is_part": True})


def _near(found: Place) -> str:
    commune = found.commune_id or found.insee_code
    return f"{reverse('results')}?commune={commune}" if commune else reverse("where")


@public
def place_print(request: HttpRequest, code: str) -> HttpResponse:
    """The place on one sheet of paper."""
    found = _shown(code)
    url = place_url(found)
    if found.state == PlaceState.CLOSED:
        return redirect(url)
    page: dict[str, Any] = {
        "sheet": sheet(found, read(request.GET), None, clock.now()),
        "place": found,
        "back_url": url,
        "url": settings.PUBLIC_URL + url,
        "now": clock.now(),
    }
    return render(request, "portal/place_print.html", page)


@public
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Something is wrong here: three answers at most, then a number."""
    found = _shown(code)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = report_problem(place=found, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            return redirect("report-sent", number=made.number)
    page = {"form": form, "place": found, "back_url": place_url(found)}
    return render(request, "portal/report.html", page)


@public
def report_sent(request: HttpRequest, number: str) -> HttpResponse:
    """What happens next, and where the report stands. What was written is not shown: the number may be overheard."""
    made = report_of_number(number)
    if made is None:
        raise Http404
    return render(request, "portal/report_sent.html", {"report": made, "place_url": place_url(made.place)})
