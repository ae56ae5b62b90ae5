"""The list of appointments, and its files."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.agenda.permissions import USE
from pourtous.agenda.queries import desk
from pourtous.agenda.queries.day import phone_of, short_name, where_of
from pourtous.agenda.queries.lists import ListFilter, listed
from pourtous.agenda.views.addresses import day_asked
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.clock import paris
from pourtous.runtime.downloads import table_download

PER_PAGE = 50
_SHOWN = timedelta(days=30)
_LONGEST = timedelta(days=366)


def _wanted(request: HttpRequest) -> ListFilter:
    asked = request.GET
    first = day_asked(request, "du")
    last = day_asked(request, "au") if asked.get("au") else first + _SHOWN
    last = min(max(first, last), first + _LONGEST)
    text = {name: asked.get(name, "").replace("\0", "")[:60] for name in ("etat", "type", "avec")}
    return ListFilter(first, last, text["etat"], text["type"], text["avec"])


@requires(USE)
def appointments(request: HttpRequest) -> HttpResponse:
    """Appointments of one's units between two days."""
    wanted = _wanted(request)
    page = Paginator(listed(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "wanted": wanted,
        "states": [one for one in AppointmentState.choices if one[0] != AppointmentState.HELD],
        "kinds": desk.kinds(desk.unit_ids(request.user)),
        "mediators": desk.colleagues(request.user),
        "query": request.GET.urlencode(),
        "today": clock.today(),
    }
    return render(request, "agenda/list.html", context)


def _row(one: Appointment) -> dict[str, Any]:
    return {"appointment": one, "name": short_name(one), "where": where_of(one), "day": paris(one.starts_at).date()}


@requires(USE)
def appointments_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is shown, all pages."""
    columns = [
        _("Day"),
        _("Hour"),
        _("Who"),
        _("Phone"),
        _("Kind of appointment"),
        _("Where"),
        _("With"),
        _("State"),
        _("Code"),
    ]
    rows = [
        (
            f"{paris(one.starts_at):%Y-%m-%d}",
            f"{paris(one.starts_at):%H:%M}",
            short_name(one),
            phone_of(one),
            one.kind.name,
            where_of(one),
            one.mediator.name,
            str(one.get_state_display()),
            one.code,
        )
        for one in listed(request.user, _wanted(request))
    ]
    return table_download(kind, "rendez-vous", _("Appointments"), columns, rows)
