"""Where an entry starts from: another activity, an appointment, a session, a person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from pourtous.activities.enums import ActivityKind, PlaceKind
from pourtous.activities.forms.desk import Desk, include
from pourtous.activities.forms.entry import AT_PLACE, NO_NAME, initial_of
from pourtous.activities.queries.agenda import attendance, own_appointment, own_session
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.queries.ways import latest
from pourtous.agenda.enums import Mode
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.clock import paris
from pourtous.people.queries import followed

NUMBER = "saisie"
_PLACE_KINDS = {Mode.PLACE: PlaceKind.PLACE, Mode.HOME: PlaceKind.HOME, Mode.PHONE: PlaceKind.REMOTE}


def number_of(asked: Mapping[str, str]) -> UUID | None:
    """The id of the entry an address shows the form of; None when it names none."""
    try:
        return UUID(asked.get(NUMBER, ""))
    except ValueError:
        return None


def numbered(asked: QueryDict, identity: UUID) -> str:
    """The query of an address with the id of its entry: the browser's "back" finds the same entry again."""
    kept = asked.copy()
    kept[NUMBER] = str(identity)
    return kept.urlencode()


def start_of(asked: Mapping[str, str], desk: Desk) -> dict[str, Any]:
    """What the form shows at first for an address; nothing when it says nothing one may use."""
    for name, start in (("comme", _like), ("rendez-vous", _of_appointment), ("seance", _of_session), ("personne", _of)):
        if (given := asked.get(name, "").replace("\0", "")) and (shown := start(given, desk)):
            return shown
    return {}


def _like(given: str, desk: Desk) -> dict[str, Any]:
    """As another time, today: notes, orientation and agenda are of that time."""
    try:
        identity = UUID(given)
    except ValueError:
        return {}
    activity = latest(desk.user).filter(pk=identity).first()
    if activity is None:
        return {}
    facts = replace(facts_of(activity), notes="", procedure_name="", orientation="", oriented_to="")
    facts = replace(facts, appointment=None, session=None)
    include(desk, facts)
    return initial_of(facts, desk, day=desk.today)


def _of(given: str, desk: Desk) -> dict[str, Any]:
    """With this person."""
    found = followed(desk.user, words=given, on=desk.today).filter(code=given.upper()).first()
    if found is None:
        return {}
    desk.invite([found])
    return {"who": found.code}


def _of_appointment(given: str, desk: Desk) -> dict[str, Any]:
    appointment = own_appointment(desk.user, given)
    if appointment is None:
        return {}
    visible = followed(desk.user, on=desk.today).filter(appointments=appointment).first()
    if visible is not None:
        desk.invite([visible])
    desk.offer(appointment.place)
    return {
        "appointment": appointment.code,
        "kind": ActivityKind.INDIVIDUAL.value,
        "who": visible.code if visible else NO_NAME,
        "where": _where(appointment),
        **_when(appointment, desk),
    }


def _where(appointment: Appointment) -> str:
    if appointment.mode == Mode.PLACE:
        return f"{AT_PLACE}{appointment.place.code}" if appointment.place else ""
    return _PLACE_KINDS[Mode(appointment.mode)].value


def _when(booked: Appointment | Session, desk: Desk) -> dict[str, Any]:
    minutes = round((booked.ends_at - booked.starts_at).total_seconds() / 60)
    offered = str(minutes) in dict(desk.lengths(None))
    shown = {"minutes": str(minutes)} if offered else {"minutes": "autre", "hours": minutes // 60}
    return {"day": paris(booked.starts_at).date(), "more_minutes": None if offered else minutes % 60, **shown}


def _of_session(given: str, desk: Desk) -> dict[str, Any]:
    session = own_session(desk.user, given)
    if session is None:
        return {}
    came = attendance(session)
    visible = list(followed(desk.user, among=came.persons, on=desk.today))
    desk.invite(visible)
    desk.offer(session.place)
    where = f"{AT_PLACE}{session.place.code}" if session.place else PlaceKind.OTHER.value
    return {
        "session": session.code,
        "kind": ActivityKind.WORKSHOP.value,
        "title": session.course.title,
        "level": session.course.level,
        "persons": [person.code for person in visible],
        "anonymous_count": came.total - len(visible),
        "where": where,
        "commune": session.commune.name if session.commune else "",
        **_when(session, desk),
    }


def usual(desk: Desk) -> dict[str, Any]:
    """What a mediator does most, ticked beforehand: where and for how long. What for is never guessed."""
    places = list(desk.places)
    first = f"{AT_PLACE}{places[0]}" if places else ""
    where = first if desk.habits.place_kind in {"", "lieu_activite"} else desk.habits.place_kind
    usual = desk.habits.usual_minutes
    minutes = str(usual) if usual and str(usual) in dict(desk.lengths(None)) else ""
    return {"kind": "individuel", "who": NO_NAME, "day": desk.today, "where": where, "minutes": minutes}
