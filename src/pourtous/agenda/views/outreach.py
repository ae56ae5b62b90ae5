"""Going to people: the counter of an event on one screen, and the slips to leave with people."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.enums import Format, Reluctance
from pourtous.agenda.models import Session
from pourtous.agenda.operations.outreach import count_contact
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.permissions import EDIT_COURSES
from pourtous.agenda.queries import catalogue, registrations
from pourtous.agenda.queries.catalogue import Wanted
from pourtous.agenda.rules.wording import when
from pourtous.agenda.views.sessions import held_session, shown
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import Point

SLIPS = 4


def _event(request: HttpRequest, code: str) -> Session:
    found = held_session(request, code)
    if found.course.format != Format.OUTREACH:
        raise Http404
    return found


@requires(EDIT_COURSES)
def counter(request: HttpRequest, code: str) -> HttpResponse:
    """One big button a reason; what it led to below."""
    found = _event(request, code)
    outcome = registrations.outcome(found)
    page = shown(request, found) | {
        "outcome": outcome,
        "reasons": [(value, label, outcome.by_reason.get(value, 0)) for value, label in Reluctance.choices],
    }
    return render(request, "agenda/courses/counter.html", page)


@require_POST
@requires(EDIT_COURSES)
def count(request: HttpRequest, code: str) -> HttpResponse:
    """One more, or one too many."""
    found = _event(request, code)
    plus, minus = request.POST.get("plus", ""), request.POST.get("moins", "")
    reason = plus or minus
    if reason not in Reluctance.values:
        raise Http404
    try:
        count_contact(
            session=found, reason=Reluctance(reason), step=1 if plus else -1, actor=who(request), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('work-counter', args=(found.code,))}#r-{reason}")


def _near(event: Session) -> Point | None:
    if event.place is not None and event.place.point is not None:
        return event.place.point
    return event.commune.centre if event.commune else None


@requires(EDIT_COURSES)
def slips(request: HttpRequest, code: str) -> HttpResponse:
    """Small cards: words of courage, the next session to try near here, the event's code."""
    found, now = _event(request, code), clock.now()
    near = Wanted(near=_near(found), formats=(Format.TRY_ONCE,), free_seats=1)
    trials = catalogue.upcoming_widening(near, now=now, limit=1).items
    trial = trials[0].session if trials else None
    page = shown(request, found) | {
        "slips": range(SLIPS),
        "trial": trial,
        "trial_when": when(trial.starts_at) if trial else "",
        "trial_where": place_words(trial) if trial else "",
        "url": settings.PUBLIC_URL + reverse("event", args=(found.code,)),
        "back_url": reverse("work-counter", args=(found.code,)),
    }
    return render(request, "agenda/courses/slips.html", page)
