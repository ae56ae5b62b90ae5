"""Free hours: when and where the public can book a professional."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from pourtous.agenda.enums import Mode
from pourtous.agenda.queries.public_slots import PublicSlots, public_slots
from pourtous.api.parameters import InseeCode, Latitude, Longitude, read_day, without_nul
from pourtous.api.problems import Problem, bad_parameter
from pourtous.api.service import COMMON_PROBLEMS, api, json_answer, refuse_unknown
from pourtous.kernel import clock
from pourtous.kernel.geometry import Point

MOST_DAYS, MOST_SLOTS = 60, 100
Code = Annotated[str, Field(max_length=12), AfterValidator(without_nul)]
Term = Annotated[str, Field(max_length=120), AfterValidator(without_nul)]


class SlotParameters(Schema):
    """Parameters of a search for free hours."""

    place: Code = Field("", description=gettext_noop("Code of a place."), examples=["4MZ2Q7KC"])
    commune: InseeCode | None = Field(None, description=gettext_noop("INSEE code of the commune of the place."))
    lat: Latitude | None = Field(
        None, description=gettext_noop("Latitude to measure distances from, degrees (WGS84). Goes with `lon`.")
    )
    lon: Longitude | None = Field(
        None, description=gettext_noop("Longitude to measure distances from, degrees (WGS84). Goes with `lat`.")
    )
    need: Term = Field(
        "",
        description=gettext_noop("A term of `services`: only appointments that answer it."),
        examples=["Aide aux démarches administratives"],
    )
    kind: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")] | None = Field(
        None, description=gettext_noop("Id of a kind of appointment, from an answer before.")
    )
    mode: Literal["place", "home", "phone"] | None = Field(
        None, description=gettext_noop("How one meets: at a place, at home, by phone.")
    )
    from_: Annotated[date, BeforeValidator(read_day)] | None = Field(
        None, alias="from", description=gettext_noop("First day; today when not given."), examples=["2026-11-24"]
    )
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = Field(14, description=gettext_noop("How many days, at most 60."))
    sort: Literal["earliest", "nearest"] = Field(
        "earliest", description=gettext_noop("Which come first; nearest wants `lat` and `lon`.")
    )
    limit: Annotated[int, Field(ge=1, le=MOST_SLOTS)] = Field(
        20, description=gettext_noop("How many free hours, at most 100.")
    )

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if fault := self._disagreement():
            raise fault
        return self

    def _disagreement(self) -> Problem | None:
        if (self.lat is None) != (self.lon is None):
            return bad_parameter("lat" if self.lat is None else "lon", _("Give lat and lon together."))
        if self.sort == "nearest" and self.lat is None:
            return bad_parameter("lat", _("Give lat and lon with sort=nearest."))
        return None

    def wanted(self) -> PublicSlots:
        """The same question in the agenda's terms."""
        near = Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None
        return PublicSlots(
            place_code=self.place,
            insee_code=self.commune or "",
            near=near,
            need=self.need,
            kind_id=self.kind or "",
            mode=Mode(self.mode) if self.mode else None,
            first=self.from_ or clock.today(),
            days=self.days,
            order=self.sort,
            limit=self.limit,
        )


class SlotKind(Schema):
    """What one books."""

    id: str
    name: str = Field(description=gettext_noop("As the public reads it, in French."))
    minutes: int


class SlotPlace(Schema):
    """Where one meets."""

    id: str = Field(description=gettext_noop("Code of the place: see `/places/{id}`."))
    name: str
    commune: str
    latitude: float | None
    longitude: float | None


class SlotItem(Schema):
    """A free hour. Who it is with is nobody's business before the day."""

    starts_at: str = Field(description=gettext_noop("ISO 8601, on the clock of Paris."))
    ends_at: str
    kind: SlotKind
    mode: Literal["place", "home", "phone"]
    place: SlotPlace | None
    free: int = Field(description=gettext_noop("How many professionals are free then."))
    distance_m: int | None = Field(description=gettext_noop("Metres as the crow flies, when lat and lon were given."))


class SlotList(Schema):
    """Free hours, in the order asked for."""

    items: list[SlotItem]


@api.get(
    "/slots",
    response={200: SlotList, **COMMON_PROBLEMS},
    summary=gettext_noop("Find a free hour"),
    description=gettext_noop(
        "Hours that the public can book, over all professionals and places. An hour shown may be taken a second later."
    ),
    operation_id="slots",
    url_name="slots",
)
def slots(request: HttpRequest, asked: Query[SlotParameters]) -> HttpResponse:
    """Free hours of many."""
    refuse_unknown(request, SlotParameters)
    return json_answer({"items": [_item(*row) for row in public_slots(asked.wanted(), now=clock.now())]})


def _item(slot: Any, kind: Any, place: Any) -> dict[str, Any]:
    where = place and {
        "id": place.code,
        "name": place.name,
        "commune": place.commune_name,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    return {
        "starts_at": clock.paris(slot.starts_at).isoformat(),
        "ends_at": clock.paris(slot.ends_at).isoformat(),
        "kind": {"id": str(kind.pk), "name": kind.name, "minutes": kind.minutes},
        "mode": str(slot.mode),
        "place": where,
        "free": len(slot.resource_ids),
        "distance_m": None if slot.distance_m is None else round(slot.distance_m),
    }
