"""What a mediator takes on the road: no name leaves, only codes and initials."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from pourtous.accounts.models import User
from pourtous.activities.forms.desk import Desk
from pourtous.activities.forms.starting import start_of
from pourtous.activities.queries.agenda import appointments_between, sessions_between
from pourtous.activities.queries.ways import last_ways
from pourtous.activities.rows import way_card
from pourtous.activities.rules.initials import initials
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.clock import PARIS
from pourtous.people.models import Person
from pourtous.people.queries import followed
from pourtous.ui import format as written

PEOPLE = 40  # on the device


def label_of_person(person: Person) -> str:
    """How a person is told on the device: initials, and the end of their code, which tells two alike apart."""
    return f"{initials(person.name)} ({person.code[-3:]})"


def people_of(desk: Desk) -> list[dict[str, str]]:
    """People met last first, then others the team follows: code and label."""
    known = list(desk.people.values())
    others = followed(desk.user, on=desk.today).exclude(pk__in=[one.pk for one in known])
    rows = [*known, *others.order_by("-last_contact_on", "pk")[: max(PEOPLE - len(known), 0)]]
    return [{"code": one.code, "label": label_of_person(one)} for one in rows]


def day_of(user: User, desk: Desk) -> list[dict[str, Any]]:
    """Today's appointments and sessions in order, each with what the form starts from."""
    start = datetime.combine(desk.today, time(), PARIS).astimezone(UTC)
    end = datetime.combine(desk.today + timedelta(days=1), time(), PARIS).astimezone(UTC)
    booked = appointments_between(user, start=start, end=end)
    led = sessions_between(user, start=start, end=end)
    found = [*((one.starts_at, _appointment(one, user, desk)) for one in booked)]
    found += ((one.starts_at, _session(one, user, desk)) for one in led)
    return [line for _at, line in sorted(found, key=lambda pair: pair[0])]


def _appointment(one: Appointment, user: User, desk: Desk) -> dict[str, Any]:
    label = label_of_person(one.person) if one.person else initials(one.first_name)
    is_done = hasattr(one, "activity") and one.activity is not None
    return {
        "hour": written.hour(one.starts_at),
        "label": label,
        "text": ", ".join(filter(None, [one.kind.name, one.place.name if one.place else ""])),
        "done": is_done,
        "start": {} if is_done else _start({"rendez-vous": one.code}, user, desk),
    }


def _session(one: Session, user: User, desk: Desk) -> dict[str, Any]:
    is_done = bool(getattr(one, "is_recorded", False))
    return {
        "hour": written.hour(one.starts_at),
        "label": one.course.title,
        "text": one.place.name if one.place else one.where,
        "done": is_done,
        "start": {} if is_done else _start({"seance": one.code}, user, desk),
    }


def ways_of(user: User, desk: Desk) -> list[dict[str, Any]]:
    """The last ways, told without names."""
    cards = []
    for way in last_ways(user, on=desk.today):
        card = way_card(way)
        title = label_of_person(way.person) if way.person else card.title
        start = _start({"comme": str(way.activity.pk)}, user, desk)
        cards.append({"title": title, "text": card.words, "start": start})
    return cards


def _start(asked: dict[str, str], user: User, desk: Desk) -> dict[str, Any]:
    """The fields of the form as text, lists as lists. A place or person the shell does not offer is named by its code."""
    given = start_of(asked, Desk(user, desk.now, desk.units, desk.habits, {}, dict(desk.places), desk.tags))
    return {name: _text(value) for name, value in given.items() if value is not None and value != ""}


def _text(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return value if isinstance(value, bool) else str(value)
