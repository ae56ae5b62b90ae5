"""What an activity may say. Sources: La Coop's own form (version 2), and the rules of this programme."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Dimension,
    Equipment,
    Orientation,
    PlaceKind,
    Procedure,
    Topic,
)
from pourtous.activities.rules.facts import HELPED_BEFORE, ActivityFacts, not_told
from pourtous.agenda.enums import Level
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import AgeBand, Gender, Status

MINUTES = range(1, 1440)
MOST_PARTICIPANTS = 500
LENGTHS = {"title": 160, "procedure_name": 160, "oriented_to": 160, "notes": 5000}
# The values of each dimension; "not told" is what remains.
VALUES: dict[Dimension, tuple[str, ...]] = {
    Dimension.GENDER: tuple(v for v in Gender.values if v != Gender.UNKNOWN),
    Dimension.AGE: tuple(v for v in AgeBand.values if v != AgeBand.UNKNOWN),
    Dimension.STATUS: tuple(v for v in Status.values if v != Status.UNKNOWN),
    Dimension.KNOWN: (HELPED_BEFORE,),
}
_LISTS: dict[str, Any] = {
    "kind": ActivityKind,
    "place_kind": PlaceKind,
    "topics": Topic,
    "procedures": Procedure,
    "equipment": Equipment,
    "autonomy": Autonomy,
    "level": Level,
    "orientation": Orientation,
}


def check(facts: ActivityFacts, *, today: date, oldest_days: int, before: ActivityFacts | None = None) -> None:
    """Raise DomainError with the field at fault and what to do.

    `before` is what an activity that is edited said: values that no list knows may stay, and its day is not old twice.
    """
    _check_day(facts, today, oldest_days, before)
    _check_words(facts, before)
    _check_kind(facts, before)
    _check_where(facts)
    _check_people(facts)


def _refuse(message: str, field: str) -> NoReturn:
    raise DomainError(message, field=field)


def _check_day(facts: ActivityFacts, today: date, oldest_days: int, before: ActivityFacts | None) -> None:
    if facts.day > today:
        _refuse(_("This day is still to come. Choose today or a day before."), "day")
    is_moved = before is None or before.day != facts.day
    if is_moved and facts.day < today - timedelta(days=oldest_days):
        limit = {"days": oldest_days}
        _refuse(_("This day is too long ago: at most %(days)s days. Check the year.") % limit, "day")
    if facts.minutes not in MINUTES:
        _refuse(_("Say how long it lasted: from 1 minute to 23 h 59."), "minutes")


def _check_words(facts: ActivityFacts, before: ActivityFacts | None) -> None:
    for name, choices in _LISTS.items():
        known = {*choices.values, "", *(_terms(before, name) if before else ())}
        if unknown := next((term for term in _terms(facts, name) if term not in known), None):
            _refuse(_("“%(value)s” is not in the list. Choose again.") % {"value": unknown[:60]}, name)
    for name, length in LENGTHS.items():
        if len(getattr(facts, name)) > length:
            _refuse(_("This text is too long: at most %(count)s characters.") % {"count": length}, name)


def _terms(facts: ActivityFacts, name: str) -> Iterable[str]:
    value = getattr(facts, name)
    return value if isinstance(value, tuple) else (value,)


def _check_kind(facts: ActivityFacts, before: ActivityFacts | None) -> None:
    if not facts.topics:
        _refuse(_("Choose at least one topic."), "topics")
    if facts.procedures and Topic.PROCEDURES not in facts.topics:
        _refuse(_("Choose the topic “Administrative procedures” too, or no procedure."), "procedures")
    if facts.is_workshop and facts.autonomy and not _kept(before, "autonomy", facts.autonomy):
        _refuse(_("Autonomy is told of one person, not of a workshop."), "autonomy")
    if not facts.is_workshop and facts.level and not _kept(before, "level", facts.level):
        _refuse(_("A level is told of a workshop, not of one person."), "level")
    if facts.is_workshop and facts.is_one_off:
        _refuse(_("A workshop is not a help in passing. Choose one of them."), "kind")


def _kept(before: ActivityFacts | None, name: str, value: str) -> bool:
    """Whether an edited activity already said so: what was imported stays as it came."""
    return before is not None and getattr(before, name) == value


def _check_where(facts: ActivityFacts) -> None:
    if facts.is_at_a_place and facts.place is None:
        _refuse(_("Choose the place."), "place")
    if not facts.is_at_a_place and facts.place is not None:
        _refuse(_("A place of the directory is named, and yet it was elsewhere. Choose one of them."), "place")
    if facts.place_kind == PlaceKind.OTHER and not facts.insee_code:
        _refuse(_("Write the commune where it took place."), "commune")


def _check_people(facts: ActivityFacts) -> None:
    if len(set(facts.persons)) < len(facts.persons):
        _refuse(_("A person is there twice."), "persons")
    if facts.anonymous_count < 0 or facts.participant_count > MOST_PARTICIPANTS:
        _refuse(_("Count at most %(count)s participants.") % {"count": MOST_PARTICIPANTS}, "anonymous_count")
    if facts.participant_count == 0:
        _refuse(_("Nobody took part? Choose a person, or count at least one."), "anonymous_count")
    if not facts.is_workshop and facts.participant_count > 1:
        _refuse(_("For several people, choose “A workshop”."), "kind")
    for trouble in _troubled(facts):
        _refuse(trouble, "counts")


def _troubled(facts: ActivityFacts) -> Iterator[str]:
    for count in facts.counts:
        if count.count < 0 or count.value not in _values_of(count.dimension):
            yield _("One of the counts cannot be read. Count again.")
    for dimension, left in not_told(facts.counts, facts.anonymous_count).items():
        if left < 0:
            values = {"dimension": str(dimension.label), "count": facts.anonymous_count}
            yield _("%(dimension)s: you count more people than came without file (%(count)s).") % values
    pairs = [(count.dimension, count.value) for count in facts.counts]
    if len(set(pairs)) < len(pairs):
        yield _("One of the counts is there twice.")


def _values_of(dimension: str) -> tuple[str, ...]:
    return VALUES[Dimension(dimension)] if dimension in Dimension.values else ()
