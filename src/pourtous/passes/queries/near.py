"""Sessions that take a campaign's passes, near a commune or a zone: what covers and sheets show first."""

from dataclasses import dataclass
from datetime import datetime

from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.queries.catalogue import MAX_LIMIT, FoundSession, Wanted, upcoming_widening
from pourtous.agenda.rules.wording import when
from pourtous.kernel.geometry import Point
from pourtous.passes.enums import PriceState, QualificationState
from pourtous.passes.models import Campaign, CoursePrice
from pourtous.territories.models import Commune, Zone
from pourtous.ui.format import distance

FEW = 3


@dataclass(frozen=True)
class NearCourse:
    """A course as a cover shows it, with its next session."""

    title: str
    where: str
    when: str
    distance: str  # empty when it is in the zone's middle


def centre_of(commune: Commune | None, zone: Zone | None) -> Point | None:
    """The point to measure from: the commune, or the middle of the zone weighed by its inhabitants."""
    if commune is not None:
        return commune.centre
    rows = list(zone.communes.values_list("latitude", "longitude", "population")) if zone is not None else []
    weight = sum(max(people, 1) for _lat, _lon, people in rows)
    if not weight:
        return None
    latitude = sum(lat * max(people, 1) for lat, _lon, people in rows) / weight
    longitude = sum(lon * max(people, 1) for _lat, lon, people in rows) / weight
    return Point(latitude, longitude)


def nearest(campaign: Campaign, point: Point | None, *, now: datetime, few: int = FEW) -> list[NearCourse]:
    """The nearest accepting courses with a session to come, one line a course; none without a point."""
    if point is None:
        return []
    prices = CoursePrice.objects.filter(
        qualification__campaign=campaign,
        qualification__state=QualificationState.QUALIFIED,
        state=PriceState.ACCEPTED,
    )
    accepted = set(prices.values_list("course", flat=True))
    found = upcoming_widening(Wanted(near=point, one_a_run=True), now=now, limit=MAX_LIMIT).items
    first: dict[object, FoundSession] = {}
    for one in found:
        if one.session.course_id in accepted:
            first.setdefault(one.session.course_id, one)
    chosen = sorted(first.values(), key=lambda one: one.distance_m or 0.0)[:few]
    return [_shown(one) for one in chosen]


def _shown(one: FoundSession) -> NearCourse:
    said = distance(one.distance_m) if one.distance_m is not None else ""
    return NearCourse(one.session.course.title, place_words(one.session), when(one.session.starts_at), said)
