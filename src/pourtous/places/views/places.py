"""The list of places, and the editing of one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.permissions import can
from pourtous.places import desk
from pourtous.places.desk import ListFilter
from pourtous.places.enums import PlaceState
from pourtous.places.forms.hours import HoursForm
from pourtous.places.forms.place import PlaceForm, initial_of
from pourtous.places.models import Place
from pourtous.places.operations import editing
from pourtous.places.permissions import EDIT, MANAGE
from pourtous.places.preview import preview, preview_part
from pourtous.places.rules import grid, hours
from pourtous.places.rules.moves import PLACE_MOVES
from pourtous.places.rules.school import school_holidays
from pourtous.runtime.downloads import table_download

PER_PAGE = 20


def asked(query: QueryDict) -> ListFilter:
    """The filter an address says; a NUL or any odd value narrows nothing or everything, never breaks."""
    names = {
        "words": "q",
        "state": "etat",
        "commune": "commune",
        "unit": "unite",
        "problem": "probleme",
        "sort": "sort",
    }
    given = {name: query.get(parameter, "").replace("\0", "")[:120].strip() for name, parameter in names.items()}
    return ListFilter(**given)


@requires(EDIT)
def place_list(request: HttpRequest) -> HttpResponse:
    """The places I look after: all of them for the team."""
    wanted = asked(request.GET)
    rows = desk.listed(request.user, wanted, now=clock.now())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "wanted": wanted,
        "is_narrowed": any((wanted.words, wanted.state, wanted.commune, wanted.unit, wanted.problem)),
        "states": PlaceState.choices,
        "problems": desk.PROBLEMS,
        "communes": desk.communes_of(request.user),
        "units": desk.units_of(request.user),
        "may_manage": can(request.user, MANAGE),
        "query": request.GET.urlencode(),
        "old": clock.today() - desk.OLD,
    }
    return render(request, "places/list.html", shown)


@requires(EDIT)
def place_list_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is shown, all pages, as CSV or XLSX."""
    rows = desk.listed(request.user, asked(request.GET), now=clock.now())
    columns = [_("Code"), _("Name"), _("Commune"), _("State"), _("Unit"), _("Checked on"), _("Reports waiting")]
    cells = [
        (
            place.code,
            place.name,
            place.commune_name,
            str(PlaceState(place.state).label),
            place.unit.name if place.unit else "",
            place.updated_on.isoformat() if place.updated_on else "",
            place.waiting,  # type: ignore[attr-defined]
        )
        for place in rows
    ]
    return table_download(kind, "lieux", _("Places"), columns, cells)


def _place(request: HttpRequest, code: str) -> Place:
    """The place of an address, when the user may edit it: else 404."""
    place = Place.objects.select_related("unit", "commune").filter(code=read_code(code)).first()
    if place is None:
        raise Http404
    authorise(request, EDIT, place)
    return place


@requires(EDIT)
def place_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit a place, confirm it, or see what its public page would be."""
    place = _place(request, code)
    text = _grid_of(place)
    with_grid = text is not None or "grille" in request.GET or "h-holidays" in request.POST
    posted = request.POST if request.method == "POST" else None
    form = PlaceForm(posted, initial=initial_of(place))
    hours_form = HoursForm(posted, grid=text) if with_grid else None
    if request.method == "POST" and form.is_valid() and (hours_form is None or hours_form.is_valid()):
        changes = form.changes(place) | _hours(place, hours_form)
        try:
            if request.POST.get("action") == "preview":
                return preview(request, editing.edited(place, changes))
            editing.edit_place(place=place, changes=changes, actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Saved. The public page says so now."))
            return redirect("work-place", code=place.code)
    return render(request, "places/edit.html", _edit_page(request, place, form, hours_form))


@require_POST
@requires(EDIT)
def place_preview(request: HttpRequest, code: str) -> HttpResponse:
    """The public page as the form would make it, beside the form: answers not yet right are left out, nothing is saved."""
    place = _place(request, code)
    form = PlaceForm(request.POST, initial=initial_of(place))
    form.is_valid()
    hours_form = HoursForm(request.POST, grid=_grid_of(place)) if "h-holidays" in request.POST else None
    changes = form.changes(place) | (_hours(place, hours_form) if hours_form and hours_form.is_valid() else {})
    try:
        return preview_part(request, editing.edited(place, changes))
    except DomainError:
        return HttpResponse(status=204)  # what is shown stays until it can be drawn again


def _grid_of(place: Place) -> grid.Grid | None:
    """The grid of the place's hours (empty when it has none), without what is over; None when too complex."""
    if not place.opening_hours:
        return grid.Grid(((),) * 7)
    found = grid.read(place.opening_hours)
    return grid.still_to_come(found, clock.today()) if found else None


def _hours(place: Place, form: HoursForm | None) -> dict[str, Any]:
    """The hours of the form, when it says other hours than the place does."""
    if form is None:
        return {}
    text = form.cleaned_data["opening_hours"]
    before = _grid_of(place)
    is_same = before is not None and text == (grid.write(before) if place.opening_hours else "")
    return {} if is_same else {"opening_hours": text}


def _edit_page(request: HttpRequest, place: Place, form: PlaceForm, hours_form: HoursForm | None) -> dict[str, Any]:
    today: date = clock.today()
    may_manage = can(request.user, MANAGE)
    return {
        "place": place,
        "form": form,
        "sections": list(form.sections(hours_form)),
        "opened": "hours" if "grille" in request.GET else "",
        "hours_form": hours_form,
        "has_errors": bool(form.errors or (hours_form and hours_form.errors)),
        "week": hours.week(place.opening_hours, today),
        "school": school_holidays(today, settings.TERRITORY["school_zone"]),
        "zone": settings.TERRITORY["school_zone"],
        "differences": desk.differences(place),
        "may_manage": may_manage,
        "moves": sorted(PLACE_MOVES[PlaceState(place.state)]) if may_manage else [],
        "units": desk.units_for_places() if may_manage else [],
        "waiting": place.reports.filter(state="received").count(),
    }


@require_POST
@requires(EDIT)
def place_release(request: HttpRequest, code: str) -> HttpResponse:
    """Take what the sources say for one column."""
    place = _place(request, code)
    name = request.POST.get("name", "").replace("\0", "")
    try:
        editing.release_field(place=place, name=name, actor=request.user, now=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The value of the source is shown now."))
    return redirect("work-place", code=place.code)


def _no_move(**_about: Any) -> Place:
    raise DomainError(_("Choose what to do with the place."))


_MOVES: dict[str, Callable[..., Place]] = {
    "published": editing.publish_place,
    "hidden": editing.hide_place,
    "closed": editing.close_place,
}


@require_POST
@requires(MANAGE)
def place_state(request: HttpRequest, code: str) -> HttpResponse:
    """Publish, hide or close."""
    place = _place(request, code)
    move: Callable[..., Place] = _MOVES.get(request.POST.get("state", ""), _no_move)
    try:
        move(place=place, actor=request.user, now=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Done."))
    return redirect("work-place", code=place.code)


@require_POST
@requires(MANAGE)
def place_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the place over to a unit."""
    place = _place(request, code)
    chosen = request.POST.get("unit", "")
    unit = next((unit for unit in desk.units_for_places() if str(unit.pk) == chosen), None)
    editing.assign_unit(place=place, unit=unit, actor=request.user, now=clock.now())
    messages.success(request, _("Done."))
    return redirect("work-place", code=place.code)


@requires(MANAGE)
def place_new(request: HttpRequest) -> HttpResponse:
    """A new place: what it is and where; the rest is edited after."""
    posted = request.POST if request.method == "POST" else None
    form = PlaceForm(posted)
    if request.method == "POST" and form.is_valid():
        try:
            place = editing.create_place(values=form.changes(None), actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("The place is kept. It is hidden: check it, then publish it."))
            return redirect("work-place", code=place.code)
    return render(request, "places/new.html", {"form": form, "sections": list(form.sections())})
