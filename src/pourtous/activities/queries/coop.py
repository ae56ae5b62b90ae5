"""Activities as La Coop tells them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from pourtous.activities.enums import Dimension, Source
from pourtous.activities.models import Activity, Participation
from pourtous.activities.rules.coop import CoopActivity, CoopPerson, people_of
from pourtous.kernel.clock import paris
from pourtous.territories.queries import resolve_codes

CHUNK = 1000
_DIMENSIONS = {Dimension.GENDER: "gender", Dimension.AGE: "age", Dimension.STATUS: "status"}
Communes = Mapping[str, tuple[str, str]]  # name and postcode by INSEE code


def coop_activities(rows: QuerySet[Activity], *, with_names: bool = False) -> Iterator[CoopActivity]:
    """These activities, oldest first, a thousand at a time; names of people and notes only when asked for."""
    people = Prefetch("participations", Participation.objects.select_related("person").order_by("pk"))
    ready = rows.select_related("place", "mediator").prefetch_related(people, "anonymous_counts", "tags")
    batch: list[Activity] = []
    for activity in ready.order_by("day", "created_at", "pk").iterator(chunk_size=CHUNK):
        batch.append(activity)
        if len(batch) == CHUNK:
            yield from _told(batch, with_names)
            batch = []
    yield from _told(batch, with_names)


def _told(batch: Iterable[Activity], with_names: bool) -> Iterator[CoopActivity]:  # noqa: FBT001 (our own caller)
    batch = list(batch)
    codes = {activity.insee_code for activity in batch}
    codes |= {one.insee_code for activity in batch for one in activity.participations.all()}
    codes |= {code for activity in batch for code in activity.source_values.get("homes", {})}
    found = resolve_codes(code for code in codes if code)
    communes = {code: (one.name, one.postcodes[0] if one.postcodes else "") for code, one in found.items()}
    for activity in batch:
        yield _one(activity, communes, with_names)


def _one(activity: Activity, communes: Communes, with_names: bool) -> CoopActivity:  # noqa: FBT001 (our own caller)
    kept: dict[str, Any] = activity.source_values
    place = activity.place
    name, postcode = communes.get(activity.insee_code, ("", ""))
    return CoopActivity(
        source_id=activity.source_id or str(activity.pk),
        day=activity.day,
        recorded_on=paris(activity.created_at).date(),
        modified_on=paris(activity.modified_at).date(),
        kind=activity.kind,
        minutes=activity.minutes,
        place_kind=activity.place_kind,
        place_name=place.name if place else kept.get("place_name", ""),
        address=place.address if place else kept.get("address", ""),
        commune=name or kept.get("commune", ""),
        postcode=(place.postcode if place else "") or kept.get("postcode", "") or postcode,
        insee_code=activity.insee_code,
        topics=tuple(activity.topics),
        procedures=tuple(activity.procedures),
        equipment=tuple(activity.equipment),
        title=activity.title,
        tags=tuple(sorted({tag.name for tag in activity.tags.all()} | {*kept.get("tags", ())})),
        procedure_name=activity.procedure_name if with_names else "",
        autonomy=activity.autonomy,
        level=activity.level,
        is_oriented=bool(activity.orientation) or bool(kept.get("is_oriented")),
        orientation=activity.orientation,
        people=_people(activity, communes, with_names),
        notes=activity.notes if with_names else "",
        source="La Coop" if activity.source == Source.COOP else "Pourtous",
        unknown={name: tuple(texts) for name, texts in kept.get("unknown", {}).items()},
    )


def _people(activity: Activity, communes: Communes, with_names: bool) -> tuple[CoopPerson, ...]:  # noqa: FBT001
    known = tuple(
        CoopPerson(
            one.gender,
            one.age_band,
            one.status,
            one.insee_code,
            *communes.get(one.insee_code, ("", "")),
            name=one.person.name if with_names else "",
        )
        for one in activity.participations.all()
    )
    counts: dict[str, dict[str, int]] = {"insee_code": activity.source_values.get("homes", {})}
    for one in activity.anonymous_counts.all():
        if one.dimension in _DIMENSIONS:
            counts.setdefault(_DIMENSIONS[Dimension(one.dimension)], {})[one.value] = one.count
    return known + people_of(counts, activity.anonymous_count, communes)
