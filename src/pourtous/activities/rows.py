"""An activity in the words of a list, a file or a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.activities.enums import ActivityKind, Equipment, PlaceKind, Procedure, Topic, label_of
from pourtous.activities.models import Activity
from pourtous.activities.queries.ways import Way
from pourtous.activities.rules.lengths import length

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One line: the activity and its words."""

    activity: Activity
    kind: str
    people: str
    where: str
    topics: tuple[str, ...]
    length: str
    tags: tuple[str, ...]


def row_of(activity: Activity, names: Mapping[Any, str]) -> Row:
    """An activity (made ready by `with_everything`) in words; `names` by person's key."""
    return Row(
        activity,
        kind_of(activity),
        people_of(activity, names),
        where_of(activity),
        tuple(str(label_of(Topic, term)) for term in activity.topics),
        length(activity.minutes),
        tuple(tag.name for tag in activity.tags.all()),
    )


def kind_of(activity: Activity) -> str:
    """One to one, workshop, or a help in passing."""
    return _("A help in passing") if activity.is_one_off else str(label_of(ActivityKind, activity.kind))


def people_of(activity: Activity, names: Mapping[Any, str]) -> str:
    """Who took part: names of a few, the number of many."""
    known = [names[one.person_id] for one in activity.participations.all()]
    if activity.kind == ActivityKind.WORKSHOP or len(known) > 1:
        count = activity.participant_count
        return ngettext("%(count)s participant", "%(count)s participants", count) % {"count": count}
    return known[0] if known else _("Without name")


def where_of(activity: Activity) -> str:
    """The place, or the kind of place and the commune."""
    if activity.place is not None:
        return activity.place.name
    commune = activity.commune.name if activity.commune else activity.insee_code
    kind = str(label_of(PlaceKind, activity.place_kind))
    return f"{kind}, {commune}" if commune else kind


def labels(kind: Any, terms: Iterable[str]) -> list[str]:
    """Terms in words, unknown ones as they are written."""
    return [str(label_of(kind, term)) for term in terms]


def labels_of_topics(activity: Activity) -> list[str]:
    """Its topics in words."""
    return labels(Topic, activity.topics)


def columns() -> list[str]:
    """The columns of files."""
    return [
        _("Day"),
        _("Kind"),
        _("Name of the workshop"),
        _("Participants"),
        _("Without file"),
        _("Where?"),
        _("INSEE code"),
        _("Minutes"),
        _("Topics"),
        _("Procedures"),
        _("Equipment"),
        _("Tags"),
        _("Mediator"),
    ]


def cells(activity: Activity) -> tuple[Any, ...]:
    """The same as cells: no name of a person helped, no note leaves in a file."""
    return (
        activity.day.isoformat(),
        kind_of(activity),
        activity.title,
        activity.participant_count,
        activity.anonymous_count,
        where_of(activity),
        activity.insee_code,
        activity.minutes,
        ", ".join(labels(Topic, activity.topics)),
        ", ".join(labels(Procedure, activity.procedures)),
        ", ".join(labels(Equipment, activity.equipment)),
        ", ".join(tag.name for tag in activity.tags.all()),
        activity.mediator.name,
    )


@dataclass(frozen=True)
class WayCard:
    """One way of the last days, to be done again in one tap."""

    activity: Activity
    title: str
    words: str


def way_card(way: Way) -> WayCard:
    """A person's name, or what it was and where; then what for and how long."""
    done = way.activity
    topics = ", ".join(labels(Topic, done.topics[:2])) + (" …" if len(done.topics) > 2 else "")  # noqa: PLR2004
    words = [where_of(done), topics, length(done.minutes)]
    title = way.person.name if way.person else done.title or kind_of(done)
    return WayCard(done, title, "\u00a0· ".join(words))
