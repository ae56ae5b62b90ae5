"""The register of agreements: the steering team keeps it, managers read what concerns their organisation."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pourtous.accounts import operations, queries
from pourtous.accounts.enums import AgreementKind
from pourtous.accounts.forms.agreements import AgreementForm, EndForm, known
from pourtous.accounts.models import Agreement
from pourtous.accounts.permissions import MANAGE_ORGANISATIONS, SEE_AGREEMENTS
from pourtous.accounts.queries import agreements as register
from pourtous.accounts.rules.agreements import AgreementState
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.kernel.text import clean
from pourtous.runtime.downloads import TABLE_KINDS, download, table_download
from pourtous.ui.forms import refuse

PER_PAGE = 25


def _asked(request: HttpRequest) -> dict[str, str]:
    said = {name: request.GET.get(name, "") for name in ("state", "kind")}
    return {"words": clean(request.GET.get("q", ""))[:100], "sort": request.GET.get("sort", "organisation"), **said}


@requires(SEE_AGREEMENTS)
def agreements(request: HttpRequest) -> HttpResponse:
    """The register, searched, sorted and paged; `?format=csv` or `xlsx` gives all its rows."""
    asked, day = _asked(request), clock.today()
    seen = register.agreements_seen_by(queries.standing_of(request.user))
    found = register.narrowed(seen, **asked, day=day)
    if (form := request.GET.get("format", "")) in TABLE_KINDS:
        return _file(form, found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    address = request.GET.copy()
    address.pop("page", None)
    context = {
        "page": page,
        "rows": [(one, one.state(day)) for one in page],
        "asked": asked,
        "kinds": AgreementKind.choices,
        "query": address.urlencode(),
        "may_manage": can(request.user, MANAGE_ORGANISATIONS),
    }
    return render(request, "accounts/agreements.html", context)


def _file(form: str, found: Iterable[Agreement]) -> HttpResponse:
    day = clock.today()
    columns = [
        _("Organisation"),
        _("Kind"),
        _("Reference"),
        _("Signed on"),
        _("Starts on"),
        _("Ends on"),
        _("Ended early on"),
        _("Reason"),
        _("State"),
        _("Note"),
    ]
    rows = [
        (
            one.organisation.name,
            one.get_kind_display(),
            one.reference,
            *(d.isoformat() if d else "" for d in (one.signed_on, one.starts_on, one.ends_on, one.ended_on)),
            one.end_reason,
            state_words(one.state(day)),
            one.note,
        )
        for one in found
    ]
    return table_download(form, f"conventions-{day:%Y-%m-%d}", _("Agreements"), columns, rows)


def state_words(state: AgreementState) -> str:
    """A state, for people."""
    return {
        AgreementState.COMING: _("To come"),
        AgreementState.IN_FORCE: _("In force"),
        AgreementState.ENDING: _("Ends soon"),
        AgreementState.OVER: _("Over"),
    }[state]


@requires(SEE_AGREEMENTS)
def agreement(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One agreement."""
    one = _agreement(request, identity)
    state = one.state(clock.today())
    context = {"agreement": one, "state": state, "may_manage": can(request.user, MANAGE_ORGANISATIONS)}
    return render(request, "accounts/agreement.html", context)


@requires(SEE_AGREEMENTS)
def document(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """The signed document."""
    one = _agreement(request, identity)
    if one.document is None:
        raise Http404
    return download(one.document)


@requires(MANAGE_ORGANISATIONS)
def new_agreement(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A new agreement of an organisation."""
    if (organisation := queries.organisation(identity)) is None:
        raise Http404
    form = AgreementForm(request.POST, request.FILES) if request.method == "POST" else AgreementForm()
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_agreement(organisation=organisation, **_written(request, form))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The agreement is recorded."))
            return redirect("organisation", organisation.pk)
    return render(request, "accounts/agreement_form.html", {"form": form, "organisation": organisation})


@requires(MANAGE_ORGANISATIONS)
def edit_agreement(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Correct an agreement."""
    one = _agreement(request, identity)
    initial = known(one)
    form = AgreementForm(request.POST, request.FILES) if request.method == "POST" else AgreementForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.correct_agreement(agreement=one, **_written(request, form))
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is saved."))
            return redirect("agreement", one.pk)
    context = {"form": form, "organisation": one.organisation, "agreement": one}
    return render(request, "accounts/agreement_form.html", context)


def _written(request: HttpRequest, form: AgreementForm) -> dict[str, Any]:
    document = form.cleaned_data["document"]
    return {"facts": form.facts(), "document": document, "actor": queries.who(request), "now": clock.now()}


@requires(MANAGE_ORGANISATIONS)
def end_agreement(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End an agreement before its time."""
    one = _agreement(request, identity)
    form = EndForm(request.POST) if request.method == "POST" else EndForm(initial={"ended_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_agreement(agreement=one, **form.cleaned_data, actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The agreement ends on this day."))
            return redirect("agreement", one.pk)
    return render(request, "accounts/agreement_end.html", {"form": form, "agreement": one})


def _agreement(request: HttpRequest, identity: UUID) -> Agreement:
    if (found := queries.agreement(identity)) is None:
        raise Http404
    authorise(request, SEE_AGREEMENTS, found.organisation)
    return found
