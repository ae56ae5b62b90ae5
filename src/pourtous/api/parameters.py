"""What a client may ask, with its limits: the one place where words of an address become values of the domain."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, LiteralString, Self, get_args

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pourtous.api.problems import Problem, bad_parameter
from pourtous.kernel.clock import PARIS
from pourtous.kernel.geometry import Point
from pourtous.places.enums import AccessMode, Audience, Care, Fee, Itinerance, Label, Programme, Service, Support
from pourtous.places.queries import PlaceFilter

DEFAULT_RADIUS_KM = 20.0
MOST_ITEMS = 100
INSEE_CODE = r"^([013-9]\d|2[AB1-9])\d{3}$"
DEPARTEMENT_CODE = r"^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|9[78]\d)$"
POSTCODE = r"^\d{5}$"
YEARS = range(2000, 2101)
# "+" in an address is a space: what was meant is clear, so it is put back.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")


def _fault(*, kind: LiteralString) -> PydanticCustomError:
    """An error whose sentence is in `problems`, by its kind."""
    return PydanticCustomError(kind, kind)


def without_nul(text: str) -> str:
    """Refuse the one character that no text needs and PostgreSQL cannot hold."""
    if "\0" in text:
        raise _fault(kind="nul")
    return text


def read_moment(value: object) -> object:
    """A moment from ISO 8601 text; without offset, the clock of Paris."""
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(_LOST_PLUS.sub("+", value))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year not in YEARS:
        raise _fault(kind="moment")
    return moment


def read_day(value: object) -> object:
    """A day from ISO 8601 text."""
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise _fault(kind="day")
    return day


Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, examples=[43.6112])]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, examples=[3.8767])]
Words = Annotated[str, Field(max_length=200), AfterValidator(without_nul)]
InseeCode = Annotated[str, Field(pattern=INSEE_CODE, examples=["34172"])]
Moment = Annotated[datetime, BeforeValidator(read_moment)]
Day = Annotated[date, BeforeValidator(read_day)]


class PlaceParameters(Schema):
    """Parameters of a search for places."""

    lat: Latitude | None = Field(
        None, description=gettext_noop("Latitude to search from, degrees (WGS84). Goes with `lon`.")
    )
    lon: Longitude | None = Field(
        None, description=gettext_noop("Longitude to search from, degrees (WGS84). Goes with `lat`.")
    )
    radius_km: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)] | None = Field(
        None, description=gettext_noop("How far to search, kilometres; 20 when not given."), examples=[10]
    )
    commune: InseeCode | None = Field(
        None, description=gettext_noop("INSEE code of a commune; codes of former communes too.")
    )
    departement: Annotated[str, Field(pattern=DEPARTEMENT_CODE)] | None = Field(
        None, description=gettext_noop("Code of a département."), examples=["34"]
    )
    q: Words = Field(
        "",
        description=gettext_noop("Words of the name, the commune or the address; accents do not count."),
        examples=["mediatheque"],
    )
    service: list[Service] = Field(
        [], description=gettext_noop("`services`: any of."), examples=[["Aide aux démarches administratives"]]
    )
    public: list[Audience] = Field(
        [], description=gettext_noop("`publics_specifiquement_adresses`: any of."), examples=[["Seniors"]]
    )
    care: list[Care] = Field(
        [], description=gettext_noop("`prise_en_charge_specifique`: any of."), examples=[["Illettrisme"]]
    )
    fee: list[Fee] = Field([], description=gettext_noop("`frais_a_charge`: any of."), examples=[["Gratuit"]])
    access: list[AccessMode] = Field(
        [], description=gettext_noop("`modalites_acces`: any of."), examples=[["Se présenter"]]
    )
    accompaniment: list[Support] = Field(
        [], description=gettext_noop("`modalites_accompagnement`: any of."), examples=[["Accompagnement individuel"]]
    )
    programme: list[Programme] = Field(
        [], description=gettext_noop("`dispositif_programmes_nationaux`: any of."), examples=[["France Services"]]
    )
    label: list[Label] = Field([], description=gettext_noop("`formations_labels`: any of."), examples=[["ORDI 3.0"]])
    itinerance: list[Itinerance] = Field([], description=gettext_noop("`itinerance`: any of."), examples=[["Fixe"]])
    open_at: Moment | None = Field(
        None,
        description=gettext_noop(
            "Only places surely open at this moment (ISO 8601; without offset, the clock of Paris)."
        ),
        examples=["2026-11-24T10:00:00+01:00"],
    )
    open_now: bool = Field(default=False, description=gettext_noop("Only places surely open now."))
    updated_since: Day | None = Field(
        None, description=gettext_noop("Only what was brought up to date on this day or later.")
    )
    source: Words = Field(
        "", description=gettext_noop("Code of a collector, or the place's own `source`."), examples=["france-services"]
    )
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = Field(
        20, description=gettext_noop("How many places a page, at most 100.")
    )
    cursor: Annotated[str, Field(max_length=600)] | None = Field(
        None, description=gettext_noop("The `next` of the page before, with the other parameters unchanged.")
    )

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if fault := self._disagreement():
            raise fault
        return self

    def _disagreement(self) -> Problem | None:
        if (self.lat is None) != (self.lon is None):
            return bad_parameter("lat" if self.lat is None else "lon", _("Give lat and lon together."))
        if self.radius_km is not None and self.lat is None:
            return bad_parameter("lat", _("Give lat and lon with radius_km."))
        if self.open_now and self.open_at is not None:
            return bad_parameter("open_at", _("Give open_at or open_now, not both."))
        return None

    def wanted(self, now: datetime) -> PlaceFilter:
        """The same question in the directory's terms."""
        near = Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None
        return PlaceFilter(
            near=near,
            radius_m=(self.radius_km or DEFAULT_RADIUS_KM) * 1000 if near else None,
            commune=self.commune or "",
            departement=self.departement or "",
            words=self.q,
            services=tuple(self.service),
            audiences=tuple(self.public),
            care=tuple(self.care),
            fees=tuple(self.fee),
            access_modes=tuple(self.access),
            supports=tuple(self.accompaniment),
            programmes=tuple(self.programme),
            labels=tuple(self.label),
            itinerance=tuple(self.itinerance),
            open_at=now if self.open_now else self.open_at,
            updated_since=self.updated_since,
            source=self.source,
        )


class GeocodeParameters(Schema):
    """Parameters of the search for an address."""

    q: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(without_nul)] = Field(
        description=gettext_noop("The address, as people write it."), examples=["12 rue de la République Sète"]
    )
    limit: Annotated[int, Field(ge=1, le=20)] = Field(5, description=gettext_noop("How many answers, at most 20."))
    postcode: Annotated[str, Field(pattern=POSTCODE)] | None = Field(
        None, description=gettext_noop("A hint, never a filter."), examples=["34200"]
    )
    citycode: InseeCode | None = Field(None, description=gettext_noop("INSEE code of the commune, when it is known."))


class ReverseParameters(Schema):
    """Parameters of the search for the address of a position."""

    lat: Latitude = Field(description=gettext_noop("Latitude, degrees (WGS84)."))
    lon: Longitude = Field(description=gettext_noop("Longitude, degrees (WGS84)."))
    limit: Annotated[int, Field(ge=1, le=20)] = Field(1, description=gettext_noop("How many answers, at most 20."))


def allowed_terms(parameters: type[Schema]) -> Mapping[str, tuple[str, ...]]:
    """The terms of each closed list, by parameter."""
    lists: dict[str, Any] = {name: get_args(field.annotation) for name, field in parameters.model_fields.items()}
    return {
        name: tuple(kinds[0])
        for name, kinds in lists.items()
        if kinds and isinstance(kinds[0], type) and issubclass(kinds[0], StrEnum)
    }
