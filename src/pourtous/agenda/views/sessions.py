"""One session for who holds it: who is registered, changing it, cancelling it, its papers."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.enums import Booker, Format, RegistrationState, SessionState
from pourtous.agenda.forms.attendance import AttendeeForm
from pourtous.agenda.forms.courses import ReasonForm, SessionForm, initial_of
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.registrations import cancel_registration, register, register_for_run
from pourtous.agenda.operations.sessions import cancel_run, cancel_session, edit_session
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.permissions import EDIT_COURSES, TAKE_ATTENDANCE
from pourtous.agenda.queries import courses as queries
from pourtous.agenda.queries import registrations
from pourtous.agenda.rules.wording import seats_left, when
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.permissions import can
from pourtous.people.permissions import SEE


def held_session(request: HttpRequest, code: str, *, names: bool = False) -> Session:
    """The session of an address, when the user's unit holds it (`names`: and may see who registered): else 404."""
    found = queries.session(read_code(code) or "")
    if found is None:
        raise Http404
    authorise(request, TAKE_ATTENDANCE if names else EDIT_COURSES, found.unit)
    return found


def shown(request: HttpRequest, session: Session) -> dict[str, Any]:
    """What every page of a session shows."""
    now = clock.now()
    return {
        "session": session,
        "course": session.course,
        "when": when(session.starts_at, session.ends_at),
        "where": place_words(session),
        "seats_left": seats_left(session.seats - session.registered),
        "is_planned": session.state == SessionState.PLANNED,
        "is_cancelled": session.state == SessionState.CANCELLED,
        "is_outreach": session.course.format == Format.OUTREACH,
        "may_take": paris(session.starts_at).date() <= paris(now).date(),
        "may_see_names": can(request.user, TAKE_ATTENDANCE, session.unit),
        "now": now,
    }


def name_of(registration: Registration) -> str:
    """How a list calls somebody: a first name; of a last name only its letter."""
    person = registration.person
    if person is None:
        return registration.first_name or _("Name erased")
    return f"{person.first_name} {person.last_name[:1]}.".strip() if person.last_name else person.first_name


@requires(EDIT_COURSES)
def session(request: HttpRequest, code: str) -> HttpResponse:
    """One session, and who is registered when one may see it."""
    found = held_session(request, code)
    page = shown(request, found)
    if page["is_outreach"]:
        return redirect("work-counter", code=found.code)
    rows = list(registrations.of_session(found)) if page["may_see_names"] else []
    named = [(row, name_of(row)) for row in rows]
    page |= {
        "seated": [pair for pair in named if pair[0].state != RegistrationState.WAITING],
        "waiting": [pair for pair in named if pair[0].state == RegistrationState.WAITING],
        "public_url": reverse("session", args=(found.code,)),
    }
    return render(request, "agenda/courses/session.html", page)


@requires(EDIT_COURSES)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change one session; who registered is told when it moves."""
    found = held_session(request, code)
    is_outreach = found.course.format == Format.OUTREACH
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        unit=found.unit,
        is_outreach=is_outreach,
        initial=initial_of(found),
    )
    if form.is_bound and form.is_valid():
        try:
            edit_session(
                session=found,
                meeting=form.meeting(),
                venue=form.venue(),
                means=form.means(),
                actor=who(request),
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Saved. Who registered is told when date, hour or place changed."))
            return redirect("work-session", code=found.code)
    return render(request, "agenda/courses/session_edit.html", shown(request, found) | {"form": form})


@requires(EDIT_COURSES)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel, with the reason that people will read."""
    found = held_session(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        way: dict[str, Any] = {"reason": form.cleaned_data["reason"], "actor": who(request), "now": clock.now()}
        try:
            if form.cleaned_data["scope"] == "run":
                told = cancel_run(run=found.run, **way)
            else:
                told = cancel_session(session=found, **way)
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            text = ngettext("Cancelled. %(n)s person is told.", "Cancelled. %(n)s people are told.", told)
            messages.success(request, text % {"n": told})
            return redirect("work-course", code=found.course.code)
    return render(request, "agenda/courses/session_cancel.html", shown(request, found) | {"form": form})


@requires(TAKE_ATTENDANCE)
def register_somebody(request: HttpRequest, code: str) -> HttpResponse:
    """Register somebody, with or without a file: this session, or all those to come."""
    found, now = held_session(request, code, names=True), clock.now()
    form = AttendeeForm(
        request.POST if request.method == "POST" else None,
        user=who(request),
        now=now,
        follows=can(request.user, SEE),
    )
    if form.is_bound and form.is_valid():
        way: dict[str, Any] = {
            "who": form.who(),
            "through": Booker.COLLEAGUE,
            "actor": who(request),
            "now": now,
            "came_from": form.cleaned_data["event"],
        }
        try:
            if request.POST.get("action") == "run":
                made = register_for_run(run=found.run, **way)[0]
            else:
                made = register(session=found, **way)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            is_waiting = made.state == RegistrationState.WAITING
            messages.success(request, _("On the waiting list.") if is_waiting else _("Registered."))
            return redirect("work-session", code=found.code)
    siblings = found.run.sessions.filter(state=SessionState.PLANNED, starts_at__gt=now).count()
    page = shown(request, found) | {"form": form, "siblings": siblings}
    return render(request, "agenda/courses/register.html", page)


def held_registration(request: HttpRequest, code: str) -> Registration:
    """The registration of an address, when the user may see it: else 404."""
    found = registrations.of_code(read_code(code) or "")
    if found is None:
        raise Http404
    authorise(request, TAKE_ATTENDANCE, found.session.unit)
    return found


@require_POST
@requires(TAKE_ATTENDANCE)
def registration_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody called to say they will not come."""
    found = held_registration(request, code)
    try:
        cancel_registration(registration=found, by_person=False, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Cancelled. The first who waits has the seat."))
    return redirect("work-session", code=found.session.code)


@requires(TAKE_ATTENDANCE)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The attendance sheet to print: a column to sign, blank rows, a QR back to the page."""
    found = held_session(request, code, names=True)
    seated = [row for row in registrations.of_session(found) if row.state != RegistrationState.WAITING]
    url = reverse("work-attendance", args=(found.code,))
    page = shown(request, found) | {
        "names": [name_of(row) for row in seated],
        "blank": range(max(4, min(found.seats - len(seated) + 2, 12))),
        "url": settings.PUBLIC_URL + url,
        "back_url": url,
    }
    return render(request, "agenda/courses/sheet.html", page)
