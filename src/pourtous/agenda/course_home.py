"""Panels of the professional home about sessions: attendance to take, today's events, the week, who was sent there."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.home import Panel, panel
from pourtous.accounts.queries import who
from pourtous.agenda.desk_permissions import PRESCRIBE
from pourtous.agenda.models import Session
from pourtous.agenda.permissions import EDIT_COURSES, TAKE_ATTENDANCE
from pourtous.agenda.queries import courses as queries
from pourtous.agenda.queries import prescribed_courses
from pourtous.agenda.rules.occupied_time import day_span, moment_of
from pourtous.kernel import clock
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can

SHOWN = 3


@panel(order=11)
def attendance(request: HttpRequest) -> Panel | None:
    """Sessions that have begun and where somebody has no mark yet; events of today to count at.

    Those one leads today are in one's day.
    """
    if not can(request.user, EDIT_COURSES):
        return None
    now = clock.now()
    takes = can(request.user, TAKE_ATTENDANCE)
    found = list(_others(request, now)[: SHOWN + 1]) if takes else []
    events = list(queries.events_today(who(request), now=now)[:SHOWN])
    context = {"sessions": found[:SHOWN], "more": len(found) > SHOWN, "events": events}
    count = len(found) + len(events)
    return Panel(_("Attendance to take"), "agenda/courses/panel_attendance.html", context, count) if count else None


def _others(request: HttpRequest, now: datetime) -> QuerySet[Session]:
    mine = {"mediators__user": request.user.pk, "starts_at__gte": moment_of(day_span(paris(now).date())[0])}
    return queries.attendance_to_take(who(request), now=now).exclude(pk__in=Session.objects.filter(**mine).values("pk"))


@panel(order=26)
def week(request: HttpRequest) -> Panel | None:
    """The sessions of my units in the next seven days."""
    if not can(request.user, EDIT_COURSES):
        return None
    now = clock.now()
    found = list(queries.sessions_on(who(request), first=now, last=now + timedelta(days=7))[: SHOWN + 1])
    context = {"sessions": found[:SHOWN], "more": len(found) > SHOWN}
    return Panel(_("Sessions of the week"), "agenda/courses/panel_week.html", context, is_side=True)


@panel(order=14)
def sent(request: HttpRequest) -> Panel | None:
    """For prescribers: the sessions where their people are expected, and the two doors to book."""
    if not can(request.user, PRESCRIBE):
        return None
    found = prescribed_courses.next_for_home(request.user, now=clock.now(), shown=SHOWN)
    rows = prescribed_courses.with_persons(found, request.user, on=clock.today())
    return Panel(_("Courses of the people you follow"), "agenda/courses/panel_sent.html", {"rows": rows}, is_side=True)
