"""The catalogue of sessions: what is held soon, where, and whether seats are left."""

from datetime import datetime
from typing import Annotated, Any, Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import Field, model_validator

from pourtous.agenda.enums import FAMILY, Family, Format, Level, Theme
from pourtous.agenda.queries import catalogue
from pourtous.agenda.queries.catalogue import FoundSession, Wanted
from pourtous.api import cursors
from pourtous.api.parameters import DEFAULT_RADIUS_KM, MOST_ITEMS, Day, InseeCode, Latitude, Longitude
from pourtous.api.problems import Problem, bad_parameter
from pourtous.api.service import COMMON_PROBLEMS, api, json_answer, refuse_unknown
from pourtous.kernel.clock import now, today
from pourtous.kernel.geometry import Point
from pourtous.passes.queries.offered import paid_courses


class SessionParameters(Schema):
    """Parameters of a search for sessions."""

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
    theme: list[Theme] = Field([], description=gettext_noop("What one learns: any of."), examples=[["phone"]])
    family: list[Family] = Field(
        [], description=gettext_noop("What stands above themes: any of."), examples=[["everyday"]]
    )
    level: list[Level] = Field([], description=gettext_noop("Level: any of."), examples=[["debutant"]])
    first: Day | None = Field(
        None, alias="from", description=gettext_noop("First day, in Paris."), examples=["2026-12-01"]
    )
    last: Day | None = Field(
        None, alias="to", description=gettext_noop("Last day, in Paris, this day included."), examples=["2026-12-31"]
    )
    free: bool = Field(default=False, description=gettext_noop("Only what costs nothing."))
    accepts_pass: bool = Field(default=False, description=gettext_noop("Only what is paid with digital passes."))
    try_once: bool = Field(default=False, description=gettext_noop("Only sessions to try once, without any paper."))
    seats: Annotated[int, Field(ge=1, le=500)] | None = Field(
        None, description=gettext_noop("At least so many seats left."), examples=[1]
    )
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = Field(
        20, description=gettext_noop("How many sessions a page, at most 100.")
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
        if self.free and self.accepts_pass:
            return bad_parameter("free", _("Give free or accepts_pass, not both."))
        return None

    def wanted(self) -> Wanted:
        """The same question in the catalogue's terms."""
        near = Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None
        return Wanted(
            near=near,
            radius_m=(self.radius_km or DEFAULT_RADIUS_KM) * 1000 if near else None,
            commune=self.commune or "",
            themes=tuple(self.theme),
            families=tuple(self.family),
            levels=tuple(self.level),
            formats=(Format.TRY_ONCE,) if self.try_once else (Format.TRAINING, Format.TRY_ONCE),
            first=self.first,
            last=self.last,
            free=self.free,
            courses=paid_courses(today()) if self.accepts_pass else None,
            free_seats=self.seats or 0,
        )


class SessionItem(Schema):
    """A session the public may join."""

    id: str = Field(description=gettext_noop("The session's code here. It never changes."))
    url: str = Field(description=gettext_noop("Its page, where one registers without account."))
    course: str = Field(description=gettext_noop("The course's code: shared by all its sessions."))
    title: str = Field(description=gettext_noop("Title of the course."))
    theme: Theme = Field(description=gettext_noop("What one learns."))
    family: Family = Field(description=gettext_noop("What stands above themes."))
    level: Level = Field(description=gettext_noop("Level."))
    try_once: bool = Field(description=gettext_noop("Whether one comes once, without any paper."))
    aims: list[str] = Field(description=gettext_noop("What people will be able to do."))
    number: int = Field(description=gettext_noop("Which session of its course, from 1."))
    session_count: int = Field(description=gettext_noop("How many sessions the course has."))
    starts_at: datetime = Field(description=gettext_noop("When it begins, UTC."))
    ends_at: datetime = Field(description=gettext_noop("When it ends, UTC."))
    organisation: str = Field(description=gettext_noop("Who holds it."))
    place: str | None = Field(description=gettext_noop("Code of the place of the directory; null elsewhere."))
    where: str = Field(description=gettext_noop("Where it is, in words."))
    code_insee: str | None = Field(description=gettext_noop("INSEE code of the commune."))
    latitude: float | None = Field(description=gettext_noop("Latitude, degrees (WGS84)."))
    longitude: float | None = Field(description=gettext_noop("Longitude, degrees (WGS84)."))
    distance_m: float | None = Field(
        description=gettext_noop("Distance as the crow flies, metres, when lat and lon were given.")
    )
    seats: int = Field(description=gettext_noop("Seats in all."))
    free_seats: int = Field(description=gettext_noop("Seats left; at 0, one goes on the waiting list."))
    pass_cost: int = Field(description=gettext_noop("Passes for the whole course; 0: free."))
    language: str = Field(description=gettext_noop("Language it is held in (BCP 47; lsf: French sign language)."))
    wheelchair: bool | None = Field(description=gettext_noop("Whether one can enter in a wheelchair; null: not said."))


class SessionPage(Schema):
    """One page of sessions."""

    items: list[SessionItem]
    next: str | None = Field(description=gettext_noop("The cursor of the next page; null on the last one."))


def session_item(found: FoundSession) -> dict[str, Any]:
    """A session as it is sent."""
    session, course, place = found.session, found.session.course, found.session.place
    point = place.point if place and place.point else (session.commune.centre if session.commune else None)
    commune = place.commune if place and place.commune else session.commune
    return {
        "id": session.code,
        "url": settings.PUBLIC_URL + reverse("session", args=(session.code,)),
        "course": course.code,
        "title": course.title,
        "theme": course.theme,
        "family": FAMILY[Theme(course.theme)],
        "level": course.level,
        "try_once": course.format == Format.TRY_ONCE,
        "aims": [line.strip() for line in course.aims.splitlines() if line.strip()],
        "number": session.number,
        "session_count": course.session_count,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "organisation": course.unit.organisation.name,
        "place": place.code if place else None,
        "where": place.name if place else session.where,
        "code_insee": commune.code if commune else None,
        "latitude": point.lat if point else None,
        "longitude": point.lon if point else None,
        "distance_m": None if found.distance_m is None else round(found.distance_m),
        "seats": session.seats,
        "free_seats": found.free_seats,
        "pass_cost": course.pass_cost,
        "language": course.language,
        "wheelchair": course.wheelchair,
    }


@api.get(
    "/sessions",
    response={200: SessionPage, **COMMON_PROBLEMS},
    summary=gettext_noop("Find sessions to learn"),
    description=gettext_noop(
        "The public catalogue, soonest first: sessions still to come where one may register. A parameter that takes "
        "terms may be repeated: any of them is enough. All parameters given must hold."
    ),
    operation_id="sessions",
    url_name="sessions",
)
def find_sessions(request: HttpRequest, asked: Query[SessionParameters]) -> HttpResponse:
    """One page of sessions."""
    refuse_unknown(request, SessionParameters)
    after = cursors.opened(request, asked.cursor) if asked.cursor else None
    found = catalogue.upcoming(asked.wanted(), now=now(), limit=asked.limit, after=after)
    following = cursors.sealed(request, found.next) if found.next else None
    answer = json_answer({"items": [session_item(one) for one in found.items], "next": following})
    if following:
        answer.headers["Link"] = f'<{cursors.next_address(request, following)}>; rel="next"'
    return answer
