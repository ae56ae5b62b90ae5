"""Mandates of a person: prepared, printed, signed, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.forms.mandates import MandateForm
from pourtous.people.models import Mandate, Person
from pourtous.people.operations import mandates as operations
from pourtous.people.papers import mandate_pdf
from pourtous.people.permissions import SEE
from pourtous.people.queries import following_unit_ids, own_unit_ids, person_for
from pourtous.ui.documents import answer as pdf_response


def _person(request: HttpRequest, code: str) -> Person:
    person = person_for(request.user, code, now=clock.now())
    if person is None:
        raise Http404
    return person


def _unit(request: HttpRequest, person: Person) -> Unit:
    """The user's unit that follows the person; who only opened the file makes no mandate."""
    own = following_unit_ids(person, on=clock.today()) & {*own_unit_ids(request.user)}
    unit = Unit.objects.filter(pk__in=own).order_by("name").first()
    if unit is None:
        raise Http404
    return unit


def _mandate(request: HttpRequest, code: str, identity: UUID) -> Mandate:
    found = Mandate.objects.filter(pk=identity, person=_person(request, code)).select_related("unit__organisation")
    mandate = found.first()
    if mandate is None:
        raise Http404
    return mandate


@requires(SEE)
@require_safe
def person_mandates(request: HttpRequest, code: str) -> HttpResponse:
    """What the person allowed, and until when."""
    person = _person(request, code)
    today = clock.today()
    rows = [
        (one, bool(one.signed_on and not one.withdrawn_on and one.starts_on <= today < one.ends_on))
        for one in person.mandates.select_related("unit")
    ]
    can_make = bool(following_unit_ids(person, on=today) & {*own_unit_ids(request.user)})
    context = {"person": person, "rows": rows, "can_make": can_make, "today": today}
    return render(request, "people/mandates.html", context)


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_new(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare a mandate, to print and sign."""
    person = _person(request, code)
    unit = _unit(request, person)
    form = MandateForm(request.POST or None, initial={"helper_name": who(request).name, "starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.prepare(
                person=person,
                unit=unit,
                actor=who(request),
                now=clock.now(),
                **{**said, "procedures": said["procedures"].splitlines()},
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The mandate is ready. Print it, then sign it together."))
            return redirect("person-mandate", code, made.pk)
    context = {"form": form, "person": person, "unit": unit}
    return render(request, "people/mandate_new.html", context, status=422 if form.errors else 200)


@requires(SEE)
@require_safe
def person_mandate(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """One mandate: its paper, its signature, its withdrawal."""
    mandate = _mandate(request, code, identity)
    return render(request, "people/mandate.html", {"mandate": mandate, "person": mandate.person})


@requires(SEE)
@require_safe
def mandate_paper(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """The paper both sign."""
    mandate = _mandate(request, code, identity)
    return pdf_response(mandate_pdf(mandate), name=f"mandat-{mandate.person.code}.pdf")


@requires(SEE)
@require_POST
def mandate_sign(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Both have signed, today."""
    mandate = _mandate(request, code, identity)
    _unit(request, mandate.person)
    try:
        operations.sign(mandate=mandate, on=clock.today(), actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The signed mandate is written down. Each keeps a paper."))
    return redirect("person-mandate", code, identity)


@requires(SEE)
@require_POST
def mandate_withdraw(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """The person takes it back."""
    mandate = _mandate(request, code, identity)
    try:
        operations.withdraw(mandate=mandate, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mandate is withdrawn, from today on."))
    return redirect("person-mandates", code)
