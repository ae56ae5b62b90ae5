"""Pages of the zones, for the steering team."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.territories import operations, queries
from pourtous.territories.forms import CloseForm, ZoneForm, said_of
from pourtous.territories.models import Zone
from pourtous.territories.permissions import EDIT_ZONES
from pourtous.territories.rules import is_open

PAGE = 50


@requires(EDIT_ZONES)
def zones(request: HttpRequest) -> HttpResponse:
    """All zones, closed ones too, sorted and paged; `?format=csv` or `xlsx` gives all rows."""
    found = queries.zones(request.GET.get("sort", "name"))
    today = clock.today()
    if (kind := request.GET.get("format", "")) in TABLE_KINDS:
        return _file(kind, found, today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(zone, is_open(zone.valid_from, zone.valid_until, today)) for zone in page]
    address = request.GET.copy()
    address.pop("page", None)
    return render(request, "territories/zones.html", {"page": page, "rows": rows, "query": address.urlencode()})


def _file(kind: str, found: Iterable[Any], today: date) -> HttpResponse:
    columns = [_("Zone"), _("First day"), _("Day it closes"), _("Communes"), _("Inhabitants"), _("State"), _("List")]
    rows = [
        (
            zone.name,
            zone.valid_from.isoformat(),
            zone.valid_until.isoformat() if zone.valid_until else "",
            zone.size,
            zone.people,
            _("Open") if is_open(zone.valid_from, zone.valid_until, today) else _("Not open today"),
            _("Confirmed") if zone.is_confirmed else _("To be confirmed"),
        )
        for zone in found
    ]
    return table_download(kind, f"zones-{today:%Y-%m-%d}", _("Zones"), columns, rows)


@requires(EDIT_ZONES)
def zone(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One zone with its communes."""
    return _page(request, get_object_or_404(queries.zones(), id=identity), CloseForm())


@requires(EDIT_ZONES)
def create(request: HttpRequest) -> HttpResponse:
    """Make a zone."""
    form = ZoneForm(request.POST or None)
    if form.is_valid():
        try:
            made = operations.create_zone(facts=form.facts(), actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The zone is made."))
            return redirect("zone", made.id)
    return render(request, "territories/zone_form.html", {"form": form, "zone": None})


@requires(EDIT_ZONES)
def edit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Change a zone."""
    zone = get_object_or_404(Zone, id=identity)
    form = ZoneForm(request.POST or None, initial=said_of(zone))
    if form.is_valid():
        try:
            operations.edit_zone(zone, facts=form.facts(zone), actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The zone is saved."))
            return redirect("zone", zone.id)
    return render(request, "territories/zone_form.html", {"form": form, "zone": zone})


@requires(EDIT_ZONES)
@require_POST
def close(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Close a zone on a day."""
    zone = get_object_or_404(queries.zones(), id=identity)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            operations.close_zone(zone, until=form.cleaned_data["until"], actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The zone closes on this day."))
            return redirect("zone", zone.id)
    return _page(request, zone, form)


def _page(request: HttpRequest, zone: Zone, form: CloseForm) -> HttpResponse:
    communes = queries.communes_of(zone)
    is_now_open = is_open(zone.valid_from, zone.valid_until, clock.today())
    context = {"zone": zone, "communes": communes, "form": form, "is_open": is_now_open}
    return render(request, "territories/zone.html", context)
