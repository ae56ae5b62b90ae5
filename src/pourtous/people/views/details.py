"""Criteria of a person, and who stands beside them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import CriterionKind
from pourtous.people.forms.files import CriteriaForm, RelationForm
from pourtous.people.models import Person
from pourtous.people.operations.criteria import check_criteria, restore_criterion, withdraw_criterion
from pourtous.people.operations.relations import add_relation, remove_relation
from pourtous.people.permissions import REGISTER, SEE
from pourtous.people.queries import units_that_register
from pourtous.people.views.common import done, person_or_404
from pourtous.ui.forms import refuse


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, code: str) -> HttpResponse:
    """Note what was checked; `?critere=` chooses one beforehand, to renew it."""
    person = person_or_404(request, code)
    asked = [kind for kind in request.GET.getlist("critere") if kind in CriterionKind.values]
    posted = request.POST if request.method == "POST" else None
    form = CriteriaForm(posted, units=units_that_register(who(request)), today=clock.today(), initial={"kinds": asked})
    if request.method == "POST" and form.is_valid():
        try:
            check_criteria(person=person, **form.cleaned_data, actor=who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is noted."))
            return redirect("person", person.code)
    context = {"form": form, "person": person}
    return render(request, "people/criteria.html", context, status=422 if form.errors else 200)


@requires(REGISTER)
@require_POST
def criterion(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Withdraw a criterion that no longer holds, or undo that on the same day."""
    person = person_or_404(request, code)
    one = person.criteria.filter(pk=identity).first()
    if one is None:
        raise Http404
    if request.POST.get("restore"):
        return done(request, person, _("The criterion counts again."), restore_criterion, criterion=one)
    return done(request, person, _("The criterion no longer counts."), withdraw_criterion, criterion=one)


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def relation_new(request: HttpRequest, code: str) -> HttpResponse:
    """Note who stands beside a person."""
    person = person_or_404(request, code)
    form = RelationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_relation(person=person, **form.cleaned_data, actor=who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is noted."))
            return redirect("person", person.code)
    context = {"form": form, "person": person}
    return render(request, "people/relation.html", context, status=422 if form.errors else 200)


@requires(SEE)
@require_POST
def relation_remove(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Forget who stood beside a person."""
    person: Person = person_or_404(request, code)
    one = person.relations.filter(pk=identity).first()
    if one is None:
        raise Http404
    return done(request, person, _("It is removed."), remove_relation, relation=one)
