"""Registering a person, and the notice they are given."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pourtous.accounts.enums import Capability
from pourtous.accounts.queries import standing_of, who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.forms.persons import RegisterForm
from pourtous.people.models import Person
from pourtous.people.operations.enrolment import Start, enrol, note_found_elsewhere
from pourtous.people.operations.notices import short_notice
from pourtous.people.permissions import REGISTER
from pourtous.people.queries import units_that_register
from pourtous.people.queries.duplicates import Lookalikes, lookalikes
from pourtous.ui.forms import refuse


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Register a person; who looks alike is shown first, then one may register all the same."""
    now, user = clock.now(), who(request)
    form = RegisterForm(request.POST if request.method == "POST" else None, units=units_that_register(user), now=now)
    alike = Lookalikes()
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, form)
        if not alike and (made := _enrolled(request, form)) is not None:
            messages.success(request, _("%(name)s is registered.") % {"name": made.name})
            return redirect("person", made.code)
    records = standing_of(user).has(Capability.MEDIATION)  # an anonymous activity is a mediator's to record
    context = {"form": form, "alike": alike, "records_activities": records}
    return render(request, "people/new.html", context, status=422 if form.errors else 200)


def _alike(request: HttpRequest, form: RegisterForm) -> Lookalikes:
    if request.POST.get("anyway"):
        return Lookalikes()
    said = form.cleaned_data
    names = {name: said[name] for name in ("first_name", "last_name", "birth_year", "phone")}
    found = lookalikes(request.user, **names, now=clock.now())
    note_found_elsewhere(found=found, actor=who(request), now=clock.now())
    return found


def _enrolled(request: HttpRequest, form: RegisterForm) -> Person | None:
    said: dict[str, Any] = form.cleaned_data
    start = Start(said["unit"], said["purpose"], said["notice_kind"], said["notice_on"])
    try:
        return enrol(
            start=start,
            beside=form.beside(),
            identity=form.token(),
            actor=who(request),
            now=clock.now(),
            **form.facts(),
        )
    except DomainError as error:
        about = "representative_name" if error.field == "name" else error.field
        refuse(form, DomainError(error.message, field=about))
        return None


@requires(REGISTER)
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice in its three forms: to read aloud, to give on paper, to send."""
    return render(request, "people/notice.html", {"short": short_notice(), "back_url": reverse("people")})
