"""What a unit's agenda is made of: kinds of appointments, rooms and vehicles, calendars of its places."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.agenda.enums import ResourceKind
from pourtous.agenda.forms.settings import KindForm, RoomForm, UnitForm, kind_initial
from pourtous.agenda.models import AppointmentKind, Feed, Resource
from pourtous.agenda.operations import feeds, resources, settings
from pourtous.agenda.permissions import MANAGE, USE
from pourtous.agenda.queries import desk
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.permissions import can
from pourtous.places.models import Place


@requires(USE)
def setup(request: HttpRequest) -> HttpResponse:
    """Kinds, rooms and places of one's units; managers change them."""
    ids = desk.unit_ids(request.user)
    kinds = AppointmentKind.objects.filter(unit__in=ids).select_related("unit").order_by("-is_active", "name", "id")
    rooms = Resource.objects.filter(unit__in=ids).exclude(kind=ResourceKind.MEDIATOR).select_related("place", "unit")
    places = list(Place.objects.filter(unit__in=ids).order_by("name", "id")[:50])
    with_feed = set(Feed.objects.filter(place__in=places).values_list("place_id", flat=True))
    context = {
        "kinds": kinds,
        "rooms": rooms.order_by("-is_active", "name", "id"),
        "places": [{"place": place, "has_feed": place.pk in with_feed} for place in places],
        "may_manage": can(request.user, MANAGE),
        "feed_address": request.session.pop("agenda_place_feed", ""),
    }
    return render(request, "agenda/setup.html", context)


def _unit(request: HttpRequest, form: UnitForm | None, row: Any) -> Unit | None:
    """The unit of a row, or the one chosen for a new row; None while the choice is wrong."""
    if row is not None:
        authorise(request, MANAGE, row.unit)
        return row.unit  # type: ignore[no-any-return]
    if form is None or not form.is_valid():
        return None
    unit: Unit = form.cleaned_data["unit"]
    authorise(request, MANAGE, unit)
    return unit


def _unit_form(request: HttpRequest, row: Any) -> UnitForm | None:
    if row is not None:
        return None
    managed = desk.units(request.user, role="manager")
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and len(managed) == 1:
        data["unit"] = str(managed[0].pk)
    return UnitForm(data, units=managed)


@requires(MANAGE)
def kind(request: HttpRequest, identity: UUID | None = None) -> HttpResponse:
    """A kind of appointment."""
    row = AppointmentKind.objects.select_related("unit").filter(pk=identity).first() if identity else None
    if identity and row is None:
        raise Http404
    if row is not None:
        authorise(request, MANAGE, row.unit)
    form = KindForm(request.POST if request.method == "POST" else None, initial=kind_initial(row))
    unit_form = _unit_form(request, row)
    if form.is_bound and form.is_valid() and (unit := _unit(request, unit_form, row)):
        settings.save_kind(kind=row, unit=unit, values=form.values(), actor=who(request), now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("agenda-setup")
    return render(request, "agenda/kind.html", {"form": form, "row": row, "unit_form": unit_form})


@requires(MANAGE)
def room(request: HttpRequest, identity: UUID | None = None) -> HttpResponse:
    """A room or a vehicle."""
    rows = Resource.objects.exclude(kind=ResourceKind.MEDIATOR).select_related("unit")
    row = rows.filter(pk=identity).first() if identity else None
    if identity and row is None:
        raise Http404
    if row is not None:
        authorise(request, MANAGE, row.unit)
    names = ("kind", "name", "place", "seats", "is_active")
    initial = {name: getattr(row, name) for name in names} if row else {"kind": "room", "is_active": True}
    form = RoomForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    unit_form = _unit_form(request, row)
    if form.is_bound and form.is_valid() and (unit := _unit(request, unit_form, row)):
        resources.save_room(room=row, unit=unit, values=form.cleaned_data, actor=who(request), now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("agenda-setup")
    return render(request, "agenda/room.html", {"form": form, "row": row, "unit_form": unit_form})


@require_POST
@requires(MANAGE)
def place_feed(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Make, renew or turn off the calendar of a place."""
    place = Place.objects.select_related("unit").filter(pk=identity).first()
    if place is None or place.unit is None:
        raise Http404
    authorise(request, MANAGE, place.unit)
    if request.POST.get("action") == "off":
        feeds.turn_off(place=place, actor=who(request), now=clock.now())
        messages.success(request, _("The address no longer answers."))
    else:
        token = feeds.renew(place=place, actor=who(request), now=clock.now())
        request.session["agenda_place_feed"] = request.build_absolute_uri(reverse("agenda-feed", args=(token,)))
        messages.success(request, _("Here is the address. It is shown once: copy it now."))
    return redirect("agenda-setup")
