"""Tables of `pourtous export all` about courses, with a sentence a column."""

from collections.abc import Iterator
from typing import Any

from pourtous.agenda.models import Course, Registration, Session
from pourtous.runtime.exports import Column, Rows, table

_COURSES = {
    "code": "Code of the course, in its public address.",
    "unit_id": "Key of the unit that holds it.",
    "format": "training, try_once or outreach.",
    "title": "Title.",
    "theme": "One of nine themes.",
    "level": "debutant, intermediaire or avance (La Coop).",
    "aims": "What people will be able to do, one a line.",
    "for_whom": "For whom, in words.",
    "session_count": "Number of sessions.",
    "minutes": "Length of a session, minutes.",
    "seats": "Seats by default.",
    "pass_cost": "Passes for the whole course; 0: free.",
    "language": "Language it is held in (BCP 47, or lsf).",
    "plain_french": "Whether people not at ease in French are helped.",
    "wheelchair": "Whether one can enter in a wheelchair; empty: not said.",
    "access_notes": "Getting in, in words.",
    "state": "draft, published or closed.",
    "created_at": "When it was written, UTC.",
}
_SESSIONS = {
    "code": "Code of the session, in its public address; of an event, the code on its cards.",
    "course__code": "Code of the course.",
    "run_id": "Key shared by sessions held as one run.",
    "number": "Number in the run.",
    "starts_at": "Beginning, UTC.",
    "ends_at": "End, UTC.",
    "place_id": "Key of the place of the directory.",
    "where": "Where it is, in words, when it is no place of the directory.",
    "commune_id": "INSEE code of the commune.",
    "seats": "Seats.",
    "registered": "Seats taken.",
    "is_open": "Whether the public may register.",
    "state": "planned, held or cancelled.",
    "reason": "Why it was cancelled.",
}
_REGISTRATIONS = {
    "code": "Code the person holds.",
    "session__code": "Code of the session.",
    "person_id": "Key of the person, when they have a file.",
    "first_name": "First name; emptied six months after.",
    "phone": "Phone (E.164); emptied six months after.",
    "email": "E-mail; emptied six months after.",
    "is_for_other": "Whether phone and e-mail are those of who registered them.",
    "language": "What to write to them in.",
    "rank": "Rank in the session's queue.",
    "together": "Key shared by registrations made for a whole run.",
    "state": "registered, waiting, cancelled, attended, absent or excused.",
    "through": "Who registered: public, prescriber, colleague or desk.",
    "by_id": "Key of the user who registered them.",
    "prescriber_unit_id": "Key of the unit that sent them.",
    "came_from__code": "Code of the event where they were met.",
    "created_at": "When they registered, UTC.",
    "state_changed_at": "When the state last changed, UTC.",
}


def _rows(model: Any, columns: dict[str, str]) -> Rows:
    found: Iterator[tuple[Any, ...]] = model.objects.order_by("pk").values_list(*columns).iterator(chunk_size=2000)
    return [Column(name, said) for name, said in columns.items()], found


@table("courses", "Training offers of hosts and mediators.", covers=("agenda.Course",))
def courses() -> Rows:
    """All of them."""
    return _rows(Course, _COURSES)


@table("sessions", "Dated meetings of courses, and events of going to people.", covers=("agenda.Session",))
def sessions() -> Rows:
    """All of them."""
    return _rows(Session, _SESSIONS)


@table("registrations", "Seats and places on waiting lists.", covers=("agenda.Registration",))
def registrations() -> Rows:
    """All of them."""
    return _rows(Registration, _REGISTRATIONS)
