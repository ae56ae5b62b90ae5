"""Panels of the professional home: what waits for those who look after places."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pourtous.accounts.home import Panel, panel
from pourtous.kernel import clock
from pourtous.kernel.permissions import can
from pourtous.places import desk
from pourtous.places.enums import PlaceState, ReportState
from pourtous.places.permissions import EDIT

SHOWN = 3


@panel(order=20)
def reports_waiting(request: HttpRequest) -> Panel | None:
    """What people say is wrong, and nobody has answered."""
    if not can(request.user, EDIT):
        return None
    waiting = desk.reports_of(request.user).filter(state=ReportState.RECEIVED).order_by("received_at", "id")
    count = waiting.count()
    if not count:
        return None
    context = {"reports": waiting[:SHOWN], "more": count > SHOWN}
    return Panel(_("Something is wrong at a place"), "places/home_reports.html", context, count)


@panel(order=60)
def places_not_checked(request: HttpRequest) -> Panel | None:
    """Published places that nobody has checked for a year."""
    if not can(request.user, EDIT):
        return None
    wanted = desk.ListFilter(problem="old", state=PlaceState.PUBLISHED, sort="updated")
    rows = desk.listed(request.user, wanted, now=clock.now())
    count = rows.count()
    if not count:
        return None
    return Panel(_("Places to check"), "places/home_old.html", {"places": rows[:SHOWN], "more": count > SHOWN}, count)
