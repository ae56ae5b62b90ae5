"""Panels of the professional home: recording, what is still to be recorded, what came of orientations."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pourtous.accounts.home import Panel, panel
from pourtous.accounts.queries import who
from pourtous.activities.enums import Orientation, OrientationOutcome, label_of
from pourtous.activities.permissions import FIGURES, RECORD
from pourtous.activities.queries.agenda import appointments_to_record, sessions_to_record
from pourtous.activities.queries.lists import names_for
from pourtous.activities.queries.scopes import choices_of, month_beside_last_year
from pourtous.activities.queries.waiting import orientations_to_ask
from pourtous.activities.rows import people_of
from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.rules.occupied_time import day_span, moment_of
from pourtous.kernel import clock
from pourtous.kernel.permissions import can

SHOWN = 3


@panel(order=12)
def to_record(request: HttpRequest) -> Panel | None:
    """The way to record, and past appointments and sessions without activity.

    An appointment of today of which nobody has said what became waits in the day, and only there.
    """
    if not can(request.user, RECORD):
        return None
    user, now = who(request), clock.now()
    still_in_the_day = Q(state=AppointmentState.BOOKED, starts_at__gte=moment_of(day_span(clock.today())[0]))
    met, held = appointments_to_record(user, now=now).exclude(still_in_the_day), sessions_to_record(user, now=now)
    appointments = list(met.select_related("person", "kind", "place")[:SHOWN])
    sessions = list(held[: SHOWN - len(appointments)])
    count = met.count() + held.count()
    context = {"appointments": appointments, "sessions": sessions, "more": count - len(appointments) - len(sessions)}
    context["count"] = count
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


@panel(order=70)
def accompaniments(request: HttpRequest) -> Panel | None:
    """For managers and those who steer: accompaniments this month, beside the same days of last year."""
    if not can(request.user, FIGURES):
        return None
    whose = next((one for one in choices_of(request.user) if one.scope.user_id is None), None)
    if whose is None:
        return None
    context = {"whose": whose, **month_beside_last_year(whose.scope, today=clock.today())}
    return Panel(_("Accompaniments this month"), "activities/panels/accompaniments.html", context, is_side=True)
