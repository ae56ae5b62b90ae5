"""What an address names: a day, an agenda, an appointment; 404 for what is not, or is not ours."""

from datetime import date

from django.http import Http404, HttpRequest

from pourtous.agenda.models import Appointment, Resource
from pourtous.agenda.permissions import SEE
from pourtous.agenda.queries import desk
from pourtous.kernel import clock
from pourtous.kernel.access import authorise
from pourtous.kernel.ids import read_code

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def day_of(text: str) -> date:
    """A day written 2026-11-23."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not _FIRST_YEAR <= day.year < _LAST_YEAR:
        raise Http404
    return day


def day_asked(request: HttpRequest, name: str = "jour") -> date:
    """A day in the query; today when it says none or nonsense."""
    try:
        return day_of(request.GET.get(name, ""))
    except Http404:
        return clock.today()


def agenda_of(request: HttpRequest) -> Resource | None:
    """The agenda that `?de=` names, one's own without; None when one's own has not been made yet."""
    asked = request.GET.get("de", "")
    found = desk.agenda_for(request.user, asked)
    if found is None and asked:
        raise Http404
    return found


def appointment_of(request: HttpRequest, code: str) -> Appointment:
    """An appointment by its code, when the user may see it."""
    rows = Appointment.objects.select_related(
        "kind", "unit", "mediator", "room", "place", "person", "booked_by", "prescriber_unit"
    )
    found = rows.filter(code=read_code(code) or "").first()
    if found is None:
        raise Http404
    authorise(request, SEE, found)
    return found
