"""Addresses for any software that already speaks to the national geocoding service: same shape, our own index."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import Field

from pourtous.api.parameters import GeocodeParameters, ReverseParameters
from pourtous.api.service import COMMON_PROBLEMS, api, json_answer, refuse_unknown
from pourtous.kernel.geometry import Point, distance_m
from pourtous.territories import geocoder
from pourtous.territories.geocoder import Match

LEVELS = {"number": "housenumber", "street": "street", "locality": "locality", "commune": "municipality"}


def address_feature(match: Match, *, distance_m: float | None = None) -> dict[str, Any]:
    """A match in the shape of the national geocoding service (GeoJSON; longitude first)."""
    name = " ".join(part for part in (match.number, match.street) if part) or match.commune_name
    properties: dict[str, Any] = {
        "label": match.label,
        "score": round(match.score, 4),
        "id": match.id,
        "name": name,
        "postcode": match.postcode,
        "citycode": match.commune_code,
        "city": match.commune_name,
        "context": match.commune_code[: 3 if match.commune_code.startswith(("97", "98")) else 2],
        "type": LEVELS[match.level],
    }
    if match.number:
        properties["housenumber"] = match.number
    if match.street:
        properties["street"] = match.street
    if distance_m is not None:
        properties["distance"] = round(distance_m)
    geometry = {"type": "Point", "coordinates": (match.point.lon, match.point.lat)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


class Position(Schema):
    """A position, longitude first (GeoJSON)."""

    type: Literal["Point"]
    coordinates: list[float] = Field(min_length=2, max_length=2)


class AddressProperties(Schema):
    """An address, under the names of the national geocoding service."""

    label: str = Field(description=gettext_noop("The whole address on one line."))
    score: float = Field(description=gettext_noop("How sure it is, from 0 to 1."))
    id: str = Field(description=gettext_noop("Id in the national address base, or the commune's code."))
    name: str = Field(description=gettext_noop("Number and street, or name of the commune."))
    postcode: str
    citycode: str = Field(description=gettext_noop("INSEE code of the commune."))
    city: str
    context: str = Field(description=gettext_noop("Code of the département."))
    type: Literal["housenumber", "street", "locality", "municipality"] = Field(
        description=gettext_noop("How precise it is.")
    )
    housenumber: str | None = None
    street: str | None = None
    distance: float | None = Field(None, description=gettext_noop("Metres from the position asked for."))


class AddressFeature(Schema):
    """An address found."""

    type: Literal["Feature"]
    geometry: Position
    properties: AddressProperties


class Addresses(Schema):
    """Addresses found, best first."""

    type: Literal["FeatureCollection"]
    features: list[AddressFeature]
    query: str | None = None


@api.get(
    "/geocode",
    response={200: Addresses, **COMMON_PROBLEMS},
    summary=gettext_noop("Find an address"),
    description=gettext_noop("Addresses that look like the text, best first. Spelling mistakes are forgiven."),
    operation_id="geocode",
    url_name="geocode",
    exclude_none=True,
)
def geocode(request: HttpRequest, asked: Query[GeocodeParameters]) -> HttpResponse:
    """Text to addresses."""
    refuse_unknown(request, GeocodeParameters)
    matches = geocoder.geocode(
        asked.q, postcode=asked.postcode or "", insee_code=asked.citycode or "", limit=asked.limit
    )
    return _collection([address_feature(match) for match in matches], query=asked.q)


@api.get(
    "/reverse",
    response={200: Addresses, **COMMON_PROBLEMS},
    summary=gettext_noop("Find the address of a position"),
    description=gettext_noop("The nearest addresses, nearest first."),
    operation_id="reverse",
    url_name="reverse",
    exclude_none=True,
)
def reverse(request: HttpRequest, asked: Query[ReverseParameters]) -> HttpResponse:
    """A position to addresses."""
    refuse_unknown(request, ReverseParameters)
    point = Point(asked.lat, asked.lon)
    matches = geocoder.reverse(point, limit=asked.limit)
    return _collection([address_feature(match, distance_m=distance_m(point, match.point)) for match in matches])


def _collection(features: list[dict[str, Any]], **more: str) -> HttpResponse:
    return json_answer({"type": "FeatureCollection", "features": features, **more})
