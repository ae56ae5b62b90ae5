"""What a mediator does again and again: the last ways, and what they choose most."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from pourtous.activities.enums import ActivityKind, PlaceKind
from pourtous.activities.models import Activity, Participation
from pourtous.people.models import Person
from pourtous.people.queries import followed
from pourtous.places.models import Place

LOOKED_AT = 200  # activities
SHOWN = 5
PRESETS = (15, 30, 45, 60, 90, 120)
OWN_PRESET_FROM = 5  # times a length was used before it gets its own chip
OWN_PRESETS = 4
PEOPLE_SHOWN = 8
PEOPLE_LOOKED_AT = 60
PLACES_SHOWN = 4
COMES_BACK_WITHIN = timedelta(hours=12)


def latest(user: Any) -> QuerySet[Activity]:
    """A mediator's activities, the last recorded first."""
    return Activity.objects.filter(mediator=user.pk, deleted_at=None).order_by("-created_at", "-pk")


def recorded_under(identity: UUID) -> Activity | None:
    """What an entry's id stands for, removed or not."""
    return Activity.objects.filter(pk=identity).first()


def is_number_used_up(identity: UUID, user: Any, *, now: datetime) -> bool:
    """Whether a form needs another id: this one is somebody else's, or of a form one kept as a bookmark."""
    used = Activity.objects.filter(pk=identity)
    return used.exclude(mediator=user.pk, created_at__gt=now - COMES_BACK_WITHIN).exists()


@dataclass(frozen=True)
class Way:
    """One way of working, as last done: an activity, and the person when there was one and the team follows them."""

    activity: Activity
    person: Person | None


def last_ways(user: Any, *, on: date, limit: int = SHOWN) -> list[Way]:
    """The last distinct ways of a mediator: whom or where, what and how long. Five queries."""
    rows = latest(user).prefetch_related("participations")[:60]
    met = [one.person_id for activity in rows for one in activity.participations.all()]
    seen = {person.pk: person for person in known_people(user, met, on=on)}
    found: dict[Hashable, Way] = {}
    for activity in rows:
        person = _only_person(activity, seen)
        found.setdefault(_way(activity, person), Way(activity, person))
        if len(found) == limit:
            break
    prefetch_related_objects([way.activity for way in found.values()], "place", "commune")
    return list(found.values())


def _only_person(activity: Activity, known: dict[Any, Person]) -> Person | None:
    if activity.kind == ActivityKind.WORKSHOP:
        return None
    return next((known.get(one.person_id) for one in activity.participations.all()), None)


def _way(activity: Activity, person: Person | None) -> Hashable:
    where = activity.place_id or activity.insee_code
    what = (frozenset(activity.topics), activity.minutes, activity.kind, activity.is_one_off)
    return (person.pk if person else None, activity.place_kind, where, what)


def known_people(user: Any, met: Iterable[UUID], *, on: date) -> list[Person]:
    """The persons of these keys whom a team of the user still follows, in order of appearance."""
    order = list(dict.fromkeys(met))
    found = followed(user, among=order, on=on).in_bulk() if order else {}
    return [found[key] for key in order if key in found]


@dataclass(frozen=True)
class Habits:
    """What a mediator uses most, most used first. Empty for a newcomer."""

    topics: tuple[str, ...] = ()
    minutes: tuple[int, ...] = ()  # besides the presets
    places: tuple[Place, ...] = ()
    place_kind: str = ""
    usual_minutes: int | None = None
    equipment: tuple[str, ...] = ()


def habits(user: Any) -> Habits:
    """From the last activities: two queries."""
    names = ("topics", "minutes", "place_id", "place_kind", "equipment")
    rows = list(latest(user).values_list(*names)[:LOOKED_AT])
    if not rows:
        return Habits()
    places = _most(key for _t, _m, key, _k, _e in rows if key)
    found = Place.objects.in_bulk(places[:PLACES_SHOWN])
    lengths = Counter(minutes for _t, minutes, *_rest in rows)
    own = [n for n, times in lengths.most_common() if n not in PRESETS and times > OWN_PRESET_FROM]
    return Habits(
        topics=tuple(_most(term for topics, *_rest in rows for term in topics)),
        minutes=tuple(own[:OWN_PRESETS]),
        places=tuple(found[key] for key in places[:PLACES_SHOWN] if key in found),
        place_kind=_most(kind for _t, _m, _p, kind, _e in rows)[0] or PlaceKind.PLACE,
        usual_minutes=lengths.most_common(1)[0][0],
        equipment=tuple(_most(term for *_rest, terms in rows for term in terms)),
    )


def _most(values: Iterable[Any] | Iterator[Any]) -> list[Any]:
    return [value for value, _times in Counter(values).most_common()]


def recent_people(user: Any, *, on: date, limit: int = PEOPLE_SHOWN) -> list[Person]:
    """The persons met last whom the team still follows. Two queries."""
    met = Participation.objects.filter(activity__mediator=user.pk, activity__deleted_at=None)
    latest_first = met.order_by("-activity__created_at", "-activity_id", "pk").values_list("person_id", flat=True)
    return known_people(user, latest_first[:PEOPLE_LOOKED_AT], on=on)[:limit]
