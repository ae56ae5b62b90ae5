"""Panels of the professional home: recording, what is still to be recorded, what came of orientations."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pourtous.accounts.home import Panel, panel
from pourtous.accounts.queries import who
from pourtous.activities.enums import Orientation, OrientationOutcome, label_of
from pourtous.activities.permissions import RECORD
from pourtous.activities.queries.agenda import appointments_to_record, sessions_to_record
from pourtous.activities.queries.lists import names_for
from pourtous.activities.queries.waiting import orientations_to_ask
from pourtous.activities.rows import people_of
from pourtous.kernel import clock
from pourtous.kernel.permissions import can

SHOWN = 5


@panel(order=12)
def to_record(request: HttpRequest) -> Panel | None:
    """The way to record, and past appointments and sessions without activity."""
    if not can(request.user, RECORD):
        return None
    user, now = who(request), clock.now()
    met, held = appointments_to_record(user, now=now), sessions_to_record(user, now=now)
    appointments = list(met.select_related("person", "kind", "place")[:SHOWN])
    sessions = list(held[: SHOWN - len(appointments)])
    count = met.count() + held.count()
    context = {"appointments": appointments, "sessions": sessions, "more": count - len(appointments) - len(sessions)}
    return Panel(_("Record an activity"), "activities/panels/to_record.html", context, count)


@panel(order=45)
def orientations(request: HttpRequest) -> Panel | None:
    """Somebody was sent on three weeks ago: what came of it? Asked once."""
    if not can(request.user, RECORD):
        return None
    user, today = who(request), clock.today()
    waiting = orientations_to_ask(user, on=today)
    rows = list(waiting[:SHOWN])
    if not rows:
        return None
    names = names_for(user, rows, on=today)
    asked = [
        (
            one,
            people_of(one, names),
            one.oriented_to or label_of(Orientation, one.orientation),
            (today - one.day).days // 7,
        )
        for one in rows
    ]
    context = {"asked": asked, "answers": OrientationOutcome.choices}
    return Panel(_("What came of it?"), "activities/panels/orientations.html", context, waiting.count())
