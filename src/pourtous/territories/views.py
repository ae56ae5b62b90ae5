"""Pages of the zones, for the steering team."""

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
from pourtous.territories import operations, queries
from pourtous.territories.forms import CloseForm, ZoneForm, said_of
from pourtous.territories.models import Zone
from pourtous.territories.permissions import EDIT_ZONES
from pourtous.territories.rules import is_open

PAGE = 50


@requires(EDIT_ZONES)
def zones(request: HttpRequest) -> HttpResponse:
    """All zones, closed ones too."""
    page = Paginator(queries.zones(), PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    rows = [(zone, is_open(zone.valid_from, zone.valid_until, today)) for zone in page]
    return render(request, "territories/zones.html", {"page": page, "rows": rows})


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
