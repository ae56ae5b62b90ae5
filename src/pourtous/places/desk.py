"""Reads for those who look after places: their list, what differs from the sources, what waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.kernel.text import fold
from pourtous.places.enums import PlaceState, PositionOrigin, ReportState
from pourtous.places.models import Place, ProblemReport
from pourtous.places.operations.layers import python_value
from pourtous.places.permissions import MANAGE

OLD = timedelta(days=365)

PROBLEMS = [
    ("reports", _("A report is waiting")),
    ("old", _("Not checked for a year")),
    ("hours", _("No opening hours")),
    ("phone", _("No telephone")),
    ("services", _("No service")),
    ("position", _("Position unsure")),
    ("commune", _("Commune not in the reference")),
]
SORTS = {"name": "sort_name", "commune": "commune_name", "updated": "updated_on", "state": "state"}


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """What the list is narrowed to; empty means all. `unit` is a unit's id, "none" for places without unit."""

    words: str = ""
    state: str = ""
    commune: str = ""
    unit: str = ""
    problem: str = ""
    sort: str = "name"


def places_of(user: Any) -> QuerySet[Place]:
    """The places the user may edit: all for the team, else those of the user's units."""
    if can(user, MANAGE):
        return Place.objects.all()
    units = [post.unit_id for post in standing_of(user).posts if post.capabilities & _LOOKING_AFTER]
    return Place.objects.filter(unit__in=units)


_LOOKING_AFTER = {Capability.PLACE_MANAGER.value, Capability.MEDIATION.value, Capability.HOST.value}


def listed(user: Any, wanted: ListFilter, *, now: datetime) -> QuerySet[Place]:
    """The user's places, narrowed and in order, each with `waiting`: its reports that wait for an answer."""
    waiting = Count("reports", filter=Q(reports__state=ReportState.RECEIVED), distinct=True)
    rows = places_of(user).select_related("unit").annotate(waiting=waiting)
    for word in fold(wanted.words).split()[:8]:
        rows = rows.filter(search_text__contains=f" {word}")
    if wanted.state in PlaceState.values:
        rows = rows.filter(state=wanted.state)
    if wanted.commune:
        rows = rows.filter(Q(commune_name=wanted.commune))
    if wanted.unit:
        rows = rows.filter(unit=None) if wanted.unit == "none" else rows.filter(unit__in=_ids(wanted.unit))
    rows = rows.filter(_problem(wanted.problem, paris(now).date()))
    return rows.order_by(*_order(wanted.sort))


def _ids(text: str) -> list[Any]:
    """The unit of an id as typed in an address; none when it is not an id."""
    return [unit.pk for unit in Unit.objects.all() if str(unit.pk) == text]


def _order(sort: str) -> list[str]:
    column = SORTS.get(sort.removeprefix("-"), "sort_name")
    return [f"-{column}" if sort.startswith("-") else column, "sort_name", "code"]


def _problem(problem: str, today: date) -> Q:
    return {
        "reports": Q(waiting__gt=0),
        "old": Q(updated_on__lt=today - OLD) | Q(updated_on=None),
        "hours": Q(opening_hours=""),
        "phone": Q(phone=""),
        "services": Q(services="", inferred_services=""),
        "position": Q(position_origin=PositionOrigin.NONE) | Q(position_level="commune"),
        "commune": Q(commune=None),
    }.get(problem, Q())


def communes_of(user: Any) -> list[str]:
    """The names of communes in the user's list."""
    return sorted(set(places_of(user).order_by().values_list("commune_name", flat=True)), key=fold)


def units_of(user: Any) -> list[Unit]:
    """The units in the user's list."""
    ids = places_of(user).order_by().values_list("unit", flat=True).distinct()
    return list(Unit.objects.filter(pk__in=list(ids)))


def units_for_places() -> list[Unit]:
    """The units that can look after a place."""
    rows = Unit.objects.filter(is_active=True, capabilities__has_any=sorted(_LOOKING_AFTER))
    return list(rows.select_related("organisation").order_by("organisation__name", "name"))


@dataclass(frozen=True)
class Difference:
    """A column that the manager holds and that a source says otherwise."""

    name: str
    label: str | Promise
    ours: Any
    theirs: Any
    source: str


def differences(place: Place) -> list[Difference]:
    """Managed columns that the newest source which speaks of them says otherwise, by column."""
    layers = sorted(place.layers.select_related("collector"), key=lambda one: one.imported_at, reverse=True)
    found = []
    for name in place.managed:
        if name in _QUIET or (layer := next((one for one in layers if name in one.values), None)) is None:
            continue
        theirs = python_value(name, layer.values[name])
        if theirs != getattr(place, name):
            found.append(Difference(name, label_of(name), getattr(place, name), theirs, layer.collector.name))
    return found


# Not worth a line: they follow from another one.
_QUIET = frozenset({"updated_on", "insee_code", "latitude", "longitude"})


def label_of(name: str) -> str | Promise:
    """What the form calls a column."""
    from pourtous.places.forms.place import PlaceForm

    field = PlaceForm.base_fields.get(name)
    return (field.label or name) if field else (_("Opening hours") if name == "opening_hours" else name)


def reports_of(user: Any) -> QuerySet[ProblemReport]:
    """The reports about the places the user may edit."""
    return ProblemReport.objects.filter(place__in=places_of(user)).select_related("place", "settled_by")
