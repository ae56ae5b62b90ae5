"""Taking attendance, one tap each; and the certificate of who came."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.exporters.certificates import certificate
from pourtous.agenda.forms.attendance import AttendeeForm
from pourtous.agenda.operations.attendance import MARKS, add_walk_in, everybody_came, set_attendance
from pourtous.agenda.permissions import TAKE_ATTENDANCE
from pourtous.agenda.queries import registrations
from pourtous.agenda.views.sessions import held_registration, held_session, name_of, shown
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.people.permissions import SEE
from pourtous.ui import documents


@requires(TAKE_ATTENDANCE)
def attendance(request: HttpRequest, code: str) -> HttpResponse:
    """The list with three buttons a person; then who came without registering."""
    found = held_session(request, code, names=True)
    form = AttendeeForm(
        request.POST if request.method == "POST" else None,
        user=who(request),
        now=clock.now(),
        follows=can(request.user, SEE),
    )
    if form.is_bound and form.is_valid():
        try:
            add_walk_in(
                session=found,
                who=form.who(),
                actor=who(request),
                now=clock.now(),
                came_from=form.cleaned_data["event"],
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Added: this person came."))
            return redirect("work-attendance", code=found.code)
    rows = list(registrations.of_session(found))
    page = shown(request, found) | {
        "rows": [(row, name_of(row)) for row in rows],
        "came": sum(row.state == RegistrationState.ATTENDED for row in rows),
        "unmarked": sum(row.state == RegistrationState.REGISTERED for row in rows),
        "form": form,
    }
    return render(request, "agenda/courses/attendance.html", page)


@require_POST
@requires(TAKE_ATTENDANCE)
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """One tap: came, did not, excused; the same again takes the mark away."""
    found = held_registration(request, code)
    state = request.POST.get("etat", "")
    if state not in MARKS:
        raise Http404
    wanted = RegistrationState(state)
    if wanted == found.state:
        wanted = RegistrationState.REGISTERED
    try:
        set_attendance(registration=found, state=wanted, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('work-attendance', args=(found.session.code,))}#p-{found.code}")


@require_POST
@requires(TAKE_ATTENDANCE)
def everybody(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody came; the exceptions are tapped afterwards."""
    found = held_session(request, code, names=True)
    try:
        count = everybody_came(session=found, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(n)s person marked as having come.", "%(n)s people marked as having come.", count)
        messages.success(request, text % {"n": count} + " " + _("Now tap the exceptions."))
    return redirect("work-attendance", code=found.code)


@requires(TAKE_ATTENDANCE)
def certificate_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate of attendance of somebody who came."""
    found = held_registration(request, code)
    try:
        content = certificate(found, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("work-attendance", code=found.session.code)
    return documents.answer(content, name=f"attestation-{found.code}.pdf", download=True)
