"""Organisations and their units, for the team that steers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts import operations, queries
from pourtous.accounts.enums import DataRole
from pourtous.accounts.forms.teams import OrganisationForm, UnitForm, said
from pourtous.accounts.models import Organisation, Unit
from pourtous.accounts.permissions import MANAGE_ORGANISATIONS
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.ui.forms import refuse

PER_PAGE = 25


def _asked(request: HttpRequest) -> dict[str, str]:
    return {
        "words": clean(request.GET.get("q", ""))[:100],
        "state": request.GET.get("state", ""),
        "sort": request.GET.get("sort", "name"),
    }


@requires(MANAGE_ORGANISATIONS)
def organisations(request: HttpRequest) -> HttpResponse:
    """The list, searched, sorted and paged; `?format=csv` or `xlsx` gives all its rows."""
    asked = _asked(request)
    found = queries.organisations(**asked)
    if (kind := request.GET.get("format", "")) in TABLE_KINDS:
        return _file(kind, found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    address = request.GET.copy()
    address.pop("page", None)
    context = {"page": page, "asked": asked, "query": address.urlencode()}
    return render(request, "accounts/organisations.html", context)


def _file(kind: str, found: Any) -> HttpResponse:
    columns = [
        _("Name"),
        _("Kind"),
        _("SIRET"),
        _("Role for personal data"),
        _("May hold personal data"),
        _("Units"),
        _("People"),
    ]
    rows = [
        (
            one.name,
            one.get_kind_display(),
            one.siret,
            one.get_data_role_display() if one.data_role != DataRole.NONE else "",
            _("Yes") if one.is_covered else _("No"),
            one.unit_count,
            one.people_count,
        )
        for one in found
    ]
    return table_download(kind, f"structures-{clock.today():%Y-%m-%d}", _("Organisations"), columns, rows)


@requires(MANAGE_ORGANISATIONS)
def organisation(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One organisation with its units."""
    one = _organisation(identity)
    day = clock.today()
    context = {
        "organisation": one,
        "units": queries.units_of(one),
        "agreements": [(each, each.state(day)) for each in queries.agreements_of(one)],
        "is_covered": queries.may_hold_personal_data(one.pk, on=day),
    }
    return render(request, "accounts/organisation.html", context)


@requires(MANAGE_ORGANISATIONS)
def new_organisation(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_organisation(**said(form), actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The organisation is created. Add its units."))
            return redirect("organisation", made.pk)
    return render(request, "accounts/organisation_form.html", {"form": form})


@requires(MANAGE_ORGANISATIONS)
def edit_organisation(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What is known of an organisation."""
    one = _organisation(identity)
    known = {name: getattr(one, name) for name in OrganisationForm.field_order}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.update_organisation(organisation=one, **said(form), actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is saved."))
            return redirect("organisation", one.pk)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": one})


@requires(MANAGE_ORGANISATIONS)
@require_POST
def open_or_close_organisation(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Close an organisation, or open it again."""
    one = _organisation(identity)
    _change_state(request, operations.set_organisation_active, organisation=one)
    return redirect("organisation", one.pk)


@requires(MANAGE_ORGANISATIONS)
def new_unit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A new unit of an organisation."""
    one = _organisation(identity)
    form = UnitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = operations.create_unit(organisation=one, **said(form), actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The unit is created. Invite its manager."))
            return redirect("unit-people", unit.pk)
    return render(request, "accounts/unit_form.html", {"form": form, "organisation": one})


@requires(MANAGE_ORGANISATIONS)
def edit_unit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A unit's name, SIRET and capabilities."""
    unit = _unit(identity)
    known = {"name": unit.name, "siret": unit.siret, "capabilities": list(unit.capabilities)}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.update_unit(unit=unit, **said(form), actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is saved."))
            return redirect("organisation", unit.organisation_id)
    context = {"form": form, "organisation": unit.organisation, "unit": unit}
    return render(request, "accounts/unit_form.html", context)


@requires(MANAGE_ORGANISATIONS)
@require_POST
def open_or_close_unit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Close a unit, or open it again."""
    unit = _unit(identity)
    _change_state(request, operations.set_unit_active, unit=unit)
    return redirect("organisation", unit.organisation_id)


def _change_state(request: HttpRequest, operation: Any, **subject: Any) -> None:
    is_active = request.POST.get("open") == "1"
    try:
        operation(**subject, is_active=is_active, actor=queries.who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is open again.") if is_active else _("It is closed."))


def _organisation(identity: UUID) -> Organisation:
    if (found := queries.organisation(identity)) is None:
        raise Http404
    return found


def _unit(identity: UUID) -> Unit:
    if (found := queries.unit(identity)) is None:
        raise Http404
    return found
