"""What the API answers: how things of the domain are sent, and the same shapes as the document declares them."""

from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field, create_model

from pourtous.places.enums import Network
from pourtous.places.models import Place
from pourtous.places.queries import FoundPlace
from pourtous.places.rules.hours import Opening
from pourtous.places.standard import COLUMNS, LAM_LABEL, LAM_TYPOLOGY, PASS_LABEL, Column, Kind

_SHARED = tuple(column for column in COLUMNS if column.field)
_NAMES = tuple(column.name for column in _SHARED)
_values_of = attrgetter(*(column.field for column in _SHARED))


def place_item(place: Place, opening: Opening, distance_m: float | None) -> dict[str, Any]:
    """A place as it is sent: the standard's columns by name (lists as lists, unknown as null), then ours."""
    item: dict[str, Any] = {"id": place.code}
    item.update(zip(_NAMES, (None if value == "" else value for value in _values_of(place)), strict=True))
    if Network.LAM in place.networks:
        item["typologie"] = tuple(dict.fromkeys((*place.typologies, LAM_TYPOLOGY)))
        item["autres_formations_labels"] = (*item["autres_formations_labels"], LAM_LABEL)
    if place.accepts_pass:
        item["autres_formations_labels"] = (*item["autres_formations_labels"], PASS_LABEL)
    item["distance_m"] = None if distance_m is None else round(distance_m)
    item["open"] = _IS_OPEN.get(opening.kind)
    item["next_change"] = opening.until or opening.opens_at
    return item


_IS_OPEN = {"open": True, "closed": False}


def found_item(found: FoundPlace) -> dict[str, Any]:
    """One answer of a search as it is sent."""
    return place_item(found.place, found.opening, found.distance_m)


# --- The same shapes, declared.

DESCRIPTIONS = {
    "id": gettext_noop("The place's code here. It never changes."),
    "pivot": gettext_noop("SIRET or RNA number of the structure."),
    "nom": gettext_noop("Name of the place."),
    "commune": gettext_noop("Name of the commune."),
    "code_postal": gettext_noop("Postcode."),
    "code_insee": gettext_noop("INSEE code of the commune."),
    "adresse": gettext_noop("Number and street."),
    "complement_adresse": gettext_noop("What helps to find the door."),
    "latitude": gettext_noop("Latitude, degrees (WGS84)."),
    "longitude": gettext_noop("Longitude, degrees (WGS84)."),
    "typologie": gettext_noop("Kinds of structure: codes of the standard."),
    "telephone": gettext_noop("Telephone number, international form."),
    "courriels": gettext_noop("E-mail addresses."),
    "site_web": gettext_noop("Web sites."),
    "horaires": gettext_noop("Opening hours, in the OpenStreetMap notation."),
    "presentation_resume": gettext_noop("Summary, at most 280 characters."),
    "presentation_detail": gettext_noop("Description."),
    "source": gettext_noop("Who collected the row."),
    "itinerance": gettext_noop("Whether the place moves."),
    "structure_parente": gettext_noop("The structure it belongs to."),
    "date_maj": gettext_noop("Day on which the row was last brought up to date."),
    "services": gettext_noop("What one gets help for."),
    "publics_specifiquement_adresses": gettext_noop("For whom in particular. None: for everybody."),
    "prise_en_charge_specifique": gettext_noop("Special care that is offered."),
    "frais_a_charge": gettext_noop("What it costs."),
    "dispositif_programmes_nationaux": gettext_noop("National programmes the place is part of."),
    "formations_labels": gettext_noop("Training and labels of the standard."),
    "autres_formations_labels": gettext_noop("Other training and labels, local networks."),
    "modalites_acces": gettext_noop("How to come into contact."),
    "modalites_accompagnement": gettext_noop("How one is helped."),
    "fiche_acces_libre": gettext_noop("Page that tells whether the building is accessible."),
    "prise_rdv": gettext_noop("Address where an appointment can be booked."),
}


def _declared(column: Column) -> tuple[Any, Any]:
    """The type and field of a column for the document."""
    kinds: dict[Kind, Any] = {Kind.DEGREES: float | None, Kind.DATE: date | None}
    kind = list[str] if column.is_list else kinds.get(column.kind, str | None)
    extra = {"enum": list(column.terms)} if column.terms else {}
    schema: dict[str, Any] | None = {"items": {"type": "string", **extra}} if column.is_list else None
    return kind, Field(description=DESCRIPTIONS[column.name], json_schema_extra=schema)


_ITEM: dict[str, Any] = {
    "id": (str, Field(description=DESCRIPTIONS["id"])),
    **{column.name: _declared(column) for column in _SHARED},
    "distance_m": (
        float | None,
        Field(description=gettext_noop("Distance as the crow flies, metres, when lat and lon were given.")),
    ),
    "open": (
        bool | None,
        Field(description=gettext_noop("Open now? null: it is not known, or it is a public holiday.")),
    ),
    "next_change": (
        datetime | None,
        Field(description=gettext_noop("When it closes (if open) or opens (if not), UTC.")),
    ),
}
PlaceItem: type[Schema] = create_model(
    "Place",
    __base__=Schema,
    __doc__=gettext_noop("A place: the 32 columns of the national standard, then what is worked out for you."),
    **_ITEM,
)


class PlacePage(Schema):
    """One page of places."""

    items: list[PlaceItem]  # type: ignore[valid-type]
    next: str | None = Field(description=gettext_noop("The cursor of the next page; null on the last one."))


class Fault(Schema):
    """One parameter at fault."""

    parameter: str
    message: str
    allowed: list[str] | None = None


class ProblemDetails(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description=gettext_noop("What is wrong and what to do, in a sentence."))
    errors: list[Fault] | None = None
