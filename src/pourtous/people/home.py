"""Panels of the professional home about people."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability
from pourtous.accounts.home import Panel, panel
from pourtous.accounts.queries import standing_of
from pourtous.kernel import clock
from pourtous.kernel.permissions import can
from pourtous.people.enums import ListState
from pourtous.people.models import EliminationList
from pourtous.people.permissions import LET_GO, RECEIVE_REQUEST, REGISTER, SEE, SUPERVISE
from pourtous.people.queries import rights
from pourtous.people.queries.files import ending_criteria, given_lately
from pourtous.people.queries.leaving import goes, leaving_files
from pourtous.people.queries.readings import bulk_readings, openings_to_see

SHOWN = 3
RIGHTS_SHOWN = 3


@panel(order=9)
def find(request: HttpRequest) -> Panel | None:
    """Find or register a person: what one does between two people."""
    if not can(request.user, SEE):
        return None
    context = {
        "may_register": can(request.user, REGISTER),
        "leads": not standing_of(request.user).has(Capability.MEDIATION),
    }
    return Panel(_("A person is in front of you"), "people/panels/find.html", context)


@panel(order=21)
def opened(request: HttpRequest) -> Panel | None:
    """For managers: files opened with a reason, and people who opened very many, until somebody has looked."""
    if not can(request.user, SUPERVISE):
        return None
    found = openings_to_see(request.user, now=clock.now())
    alerts = list(bulk_readings(request.user).filter(seen_at=None))
    context = {
        "openings": found[:SHOWN],
        "alerts": alerts[:SHOWN],
    }
    count = len(found) + len(alerts)
    return Panel(_("Files to keep an eye on"), "people/panels/opened.html", context, count) if count else None


@panel(order=25)
def given(request: HttpRequest) -> Panel | None:
    """People another unit gave to mine."""
    if not can(request.user, SEE):
        return None
    found = given_lately(request.user, on=clock.today())
    context = {"follow_ups": found[:SHOWN], "more": max(len(found) - SHOWN, 0)}
    return Panel(_("People given to your unit"), "people/panels/given.html", context, len(found)) if found else None


@panel(order=30)
def ending(request: HttpRequest) -> Panel | None:
    """Criteria that end soon."""
    if not can(request.user, REGISTER):
        return None
    found = ending_criteria(request.user, on=clock.today())
    count = found.count()
    context = {"criteria": list(found[:SHOWN]) if count else [], "more": max(count - SHOWN, 0)}
    return Panel(_("Criteria that end soon"), "people/panels/ending.html", context, count) if count else None


@panel(order=22)
def asked(request: HttpRequest) -> Panel | None:
    """Requests about data that wait for an answer: a month is short."""
    if not can(request.user, RECEIVE_REQUEST):
        return None
    found = rights.waiting(request.user, on=clock.today(), shown=RIGHTS_SHOWN)
    rows = [(one, (one.due_on - clock.today()).days) for one in found.requests]
    context = {"rows": rows, "more": max(found.count - RIGHTS_SHOWN, 0)}
    return Panel(_("Data requests to answer"), "people/panels/requests.html", context, found.count) if rows else None


@panel(order=28)
def leaving(request: HttpRequest) -> Panel | None:
    """Files that go within thirty days."""
    if not can(request.user, SEE):
        return None
    found = leaving_files(request.user, on=clock.today())
    count = found.count()
    rows = [(one, goes(one, today=clock.today())) for one in found[:RIGHTS_SHOWN]]
    context = {"rows": rows, "more": max(count - RIGHTS_SHOWN, 0)}
    return Panel(_("Files that will go"), "people/panels/leaving.html", context, count) if rows else None


@panel(order=35)
def lists_to_sign(request: HttpRequest) -> Panel | None:
    """For the team that steers: lists that wait for the archivist's visa."""
    if not can(request.user, LET_GO):
        return None
    found = list(EliminationList.objects.filter(state=ListState.DRAFT))
    context = {"lists": found[:RIGHTS_SHOWN], "more": max(len(found) - RIGHTS_SHOWN, 0)}
    return Panel(_("Lists for the archivist"), "people/panels/lists.html", context, len(found)) if found else None
