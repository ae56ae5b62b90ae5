"""The file of one person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.people.actions import actions
from pourtous.people.enums import RelationKind
from pourtous.people.forms.persons import PersonForm, known_of
from pourtous.people.models import Person
from pourtous.people.operations import read_file
from pourtous.people.operations.persons import update_person
from pourtous.people.permissions import MANAGE_RIGHTS, SEE
from pourtous.people.queries import sight_of
from pourtous.people.queries.files import criteria_of, other_units, own_follow_ups, relations_of
from pourtous.people.queries.readings import readings_of
from pourtous.people.rules import ages
from pourtous.people.rules.languages import language_name
from pourtous.people.timeline import timeline
from pourtous.people.views.common import person_or_404
from pourtous.ui.forms import refuse

READINGS = 50


@requires(SEE)
@require_safe
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Who they are, how to reach them, what was checked, who follows them, what happened. The reading is written."""
    one = person_or_404(request, code)
    if one.code != code:
        return redirect("person", one.code)
    read_file(person=one, actor=who(request), what="people.file", now=clock.now())
    return render(request, "people/file.html", _shown(request, one))


def _shown(request: HttpRequest, one: Person) -> dict[str, Any]:
    now, today, user = clock.now(), clock.today(), who(request)
    own = own_follow_ups(user, one, on=today)
    relations = relations_of(one)
    is_minor = ages.is_minor(one.birth_year, today.year)
    return {
        "person": one,
        "spoken": language_name(one.language) if one.language != "fr" else "",
        "own": own,
        "is_opened": not own,
        "others": other_units(user, one, on=today),
        "criteria": criteria_of(user, one, on=today),
        "relations": relations,
        "lacks_representative": is_minor and not any(r.kind != RelationKind.HELPER for r in relations),
        "is_minor": is_minor,
        "timeline": timeline(one, user, now=now),
        "actions": actions(one, user),
        "may_see_readings": can(user, MANAGE_RIGHTS, sight_of(one, now=now)),
    }


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is known of a person."""
    one = person_or_404(request, code)
    now = clock.now()
    read_file(person=one, actor=who(request), what="people.edit", now=now)
    form = PersonForm(request.POST if request.method == "POST" else None, initial=known_of(one), now=now)
    if request.method == "POST" and form.is_valid():
        try:
            update_person(person=one, actor=who(request), now=now, **form.facts())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is saved."))
            return redirect("person", one.code)
    context = {"form": form, "person": one}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


@requires(MANAGE_RIGHTS)
@require_safe
def person_readings(request: HttpRequest, code: str) -> HttpResponse:
    """Who read the file: for managers of the units that follow, who may tell the person."""
    one = person_or_404(request, code)
    authorise(request, MANAGE_RIGHTS, sight_of(one, now=clock.now()))
    page = Paginator(readings_of(one), READINGS).get_page(request.GET.get("page"))
    return render(request, "people/readings.html", {"person": one, "page": page})
