"""A prescriber books for a person their unit follows, on one screen, and sees what became of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.queries import who
from pourtous.agenda.desk_permissions import PRESCRIBE
from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.forms.prescribing import PrescribeForm, read_hour
from pourtous.agenda.models import Appointment
from pourtous.agenda.operations.appointment_notices import was_told
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.open_booking import book_for
from pourtous.agenda.queries.nearby import nearby
from pourtous.agenda.queries.prescribed import prescribed, prescribed_one, unit_that_follows, with_persons
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code, uuid7
from pourtous.people.queries import person_for

PER_PAGE = 25


@requires(PRESCRIBE)
def prescribe(request: HttpRequest) -> HttpResponse:
    """Who, where from, then the nearest free hours: a button each."""
    now = clock.now()
    code = request.GET.get("personne", "").replace("\0", "")
    chosen = person_for(request.user, code, now=now) if code else None
    initial = {"commune": chosen.commune.name} if chosen and chosen.commune else {}
    form = PrescribeForm(
        request.POST if request.method == "POST" else None, user=request.user, now=now, chosen=chosen, initial=initial
    )
    problem = ""
    if form.is_bound and form.is_valid() and request.POST.get("hour"):
        try:
            made = _book(request, form)
        except (DomainError, ValidationError) as error:
            problem = str(error.message)
        else:
            return redirect("prescribed-one", code=made.code)
    commune = form.cleaned_data.get("commune") if form.is_bound else (chosen.commune if chosen else None)
    mode = form.cleaned_data.get("mode", "") if form.is_bound else ""
    page = {
        "form": form,
        "problem": problem,
        "hours": nearby(booker=Booker.PRESCRIBER, commune=commune, mode=mode, now=now),
        "key": request.POST.get("key") or str(uuid7()),
    }
    return render(request, "agenda/prescribe.html", page)


def _book(request: HttpRequest, form: PrescribeForm) -> Appointment:
    given, now = form.cleaned_data, clock.now()
    unit = unit_that_follows(request.user, given["person"], on=clock.today())
    if unit is None:
        raise DomainError(_("Choose a person your unit follows."))
    hour = read_hour(request.POST["hour"], Booker.PRESCRIBER)
    person = given["person"]
    comes = Who(person=person, need=given["need"], home_address=given["home_address"], language=person.language or "fr")
    return book_for(
        hour=hour,
        who=comes,
        through=Booker.PRESCRIBER,
        actor=who(request),
        unit=unit,
        key=request.POST.get("key", ""),
        now=now,
    )


@requires(PRESCRIBE)
def prescribed_list(request: HttpRequest) -> HttpResponse:
    """Appointments booked for one's people, with what became of them."""
    state = request.GET.get("etat", "")
    rows = prescribed(request.user)
    if state in AppointmentState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": with_persons(page, request.user, on=clock.today()),
        "states": [one for one in AppointmentState.choices if one[0] != AppointmentState.HELD],
        "state": state,
    }
    return render(request, "agenda/prescribed.html", context)


@requires(PRESCRIBE)
def prescribed_page(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: what to give the person, and whether a message left."""
    found = prescribed_one(request.user, read_code(code) or "")
    if found is None:
        raise Http404
    page: dict[str, Any] = {
        "row": with_persons([found], request.user, on=clock.today())[0],
        "appointment": found,
        "is_booked": found.state == AppointmentState.BOOKED and found.starts_at > clock.now(),
        "was_told": was_told(found),
        "print_url": reverse("booked-print", args=(key_of(found),)),
        "change_url": reverse("booked", args=(key_of(found),)),
    }
    return render(request, "agenda/prescribed_one.html", page)
