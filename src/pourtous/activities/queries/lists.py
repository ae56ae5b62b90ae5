"""Lists of activities: one's own, those of a team one manages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from pourtous.accounts.enums import Role
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.activities.enums import ActivityKind, Topic
from pourtous.activities.models import Activity, Participation
from pourtous.activities.queries.choices import recording_units
from pourtous.people.queries import followed

SORTS = {
    "day": "day",
    "minutes": "minutes",
    "participants": "participant_count",
    "kind": "kind",
    "place": "place__sort_name",
}
TEAM = "equipe"


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """What a list is narrowed to; empty means all. `who`: "" for one's own, "equipe" for the teams one manages."""

    who: str = ""
    kind: str = ""  # a value of ActivityKind
    topic: str = ""
    tag: str = ""  # a tag's id
    since: date | None = None
    until: date | None = None  # the last day shown
    sort: str = "-day"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.kind, self.topic, self.tag, self.since, self.until))


def managed_team_ids(user: Any) -> list[Any]:
    """The teams whose activities a manager sees."""
    managed = standing_of(user).held(role=Role.MANAGER, personal=True)
    own = {unit.pk for unit in recording_units(user)}
    return [post.unit_id for post in managed if post.unit_id in own]


def seen_by(user: Any, who: str = "") -> QuerySet[Activity]:
    """One's own activities; with `who` "equipe", those of the teams one manages. Removed ones are left out."""
    mine = Q(unit__in=managed_team_ids(user)) if who == TEAM else Q(mediator=user.pk)
    return Activity.objects.filter(mine, deleted_at=None)


def listed(user: Any, wanted: ListFilter) -> QuerySet[Activity]:
    """The activities one sees, narrowed and in order, with place, commune, mediator and participations."""
    rows = seen_by(user, wanted.who)
    if wanted.kind in ActivityKind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.topic in Topic.values:
        rows = rows.filter(topics__has=wanted.topic)
    if wanted.tag:
        rows = rows.filter(tags__in=[wanted.tag])
    if wanted.since:
        rows = rows.filter(day__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(day__lte=wanted.until)
    return with_everything(rows).order_by(*_order(wanted.sort))


def with_everything(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Rows ready to be shown without a further query each."""
    people = Prefetch("participations", Participation.objects.select_related("person"))
    return rows.select_related("place", "commune", "mediator", "unit").prefetch_related(people, "tags")


def _order(sort: str) -> list[str]:
    column = SORTS.get(sort.removeprefix("-"), "day")
    return [f"-{column}" if sort.startswith("-") else column, "-day", "-created_at", "-pk"]


def names_for(user: Any, activities: list[Activity], *, on: date) -> dict[Any, str]:
    """By person's key the name, where a team of the user follows the person; else the code."""
    people = {one.person_id: one.person for activity in activities for one in activity.participations.all()}
    visible = set(followed(user, among=people, on=on).values_list("pk", flat=True)) if people else set()
    return {key: person.name if key in visible else person.code for key, person in people.items()}


def units_managed(user: Any) -> list[Unit]:
    """The teams whose activities a manager sees, by name."""
    return list(Unit.objects.filter(pk__in=managed_team_ids(user)).order_by("name"))
