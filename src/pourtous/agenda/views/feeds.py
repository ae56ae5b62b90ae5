"""Calendars at secret addresses, and an appointment as a calendar file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pourtous.agenda.exporters import ics
from pourtous.agenda.permissions import SEE
from pourtous.agenda.queries.feeds import feed_behind
from pourtous.agenda.views.addresses import appointment_of
from pourtous.kernel import clock
from pourtous.kernel.access import public, requires

_TYPE = "text/calendar; charset=utf-8"


@require_safe
@never_cache
@public
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 (whoever has the address)
    """The calendar behind a secret; what was turned off and what never was answer alike."""
    found = feed_behind(token)
    if found is None:
        raise Http404
    answer = HttpResponse(ics.feed(found, now=clock.now()), content_type=_TYPE)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@requires(SEE)
def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """One appointment, for the calendar of who comes or of who receives."""
    found = appointment_of(request, code)
    answer = HttpResponse(ics.invitation(found), content_type=_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="rendez-vous-{found.code}.ics"'
    return answer
