"""Hosts: they ask to take passes; the team decides, and sees their bank details twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.models import Organisation
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.enums import BankState, PriceState, QualificationState
from pourtous.passes.exporters.claims import open_iban
from pourtous.passes.exporters.hosts import attestation_pdf
from pourtous.passes.forms.hosts import BankForm, DecisionForm, HostForm, RenewForm
from pourtous.passes.models import BankDetails, CoursePrice, Qualification
from pourtous.passes.operations import bank, hosts
from pourtous.passes.permissions import ANSWER_FOR_HOST, MANAGE, SEE_CLAIMS
from pourtous.passes.queries import hosts as queries
from pourtous.passes.views.claims import campaign_asked, the_campaign
from pourtous.runtime.downloads import download
from pourtous.ui.components import Tab
from pourtous.ui.documents import answer
from pourtous.ui.forms import Form, refuse


@requires(SEE_CLAIMS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Hosts of a campaign: all for the team, one's own for a manager."""
    campaign = campaign_asked(request)
    steers = can(request.user, MANAGE)
    page: dict[str, Any] = {"campaign": campaign, "steers": steers}
    if campaign is not None:
        found = queries.listed(request.user, campaign)
        state = request.GET.get("etat", "")
        counted = queries.counted(found)
        page |= {
            "hosts": found.filter(state=state) if state in QualificationState.values else found,
            "tabs_items": _tabs(campaign.pk, counted, state),
            "accounts": queries.accounts_waiting() if steers else [],
            "may_ask": queries.may_ask(request.user, campaign),
        }
    return render(request, "passes/hosts.html", page)


def _tabs(campaign: UUID, counted: dict[str, int], state: str) -> list[Tab]:
    base = f"{reverse('hosts')}?campagne={campaign}"
    known = [
        Tab(one.label, f"{base}&etat={one}", state == one, counted[one]) for one in QualificationState if one in counted
    ]
    return [Tab(_("All"), base, state not in counted, sum(counted.values())), *known]


@requires(ANSWER_FOR_HOST)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The request of a host; also what it changes of it later."""
    host = get_object_or_404(Organisation, pk=organisation)
    authorise(request, ANSWER_FOR_HOST, host)
    campaign = the_campaign(request)
    known = Qualification.objects.filter(campaign=campaign, organisation=host).first()
    start = (known.answers | {"is_public_body": known.is_public_body}) if known else None
    priced = {one.course_id: one.passes for one in queries.prices(known)} if known else {}
    form = HostForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        courses=list(queries.courses(host)),
        priced=priced,
    )
    if form.is_bound and form.is_valid():
        try:
            made = hosts.ask(
                campaign=campaign, organisation=host, said=form.said(), actor=who(request), now=clock.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your request is with the team. You are told by e-mail."))
            return redirect("host", made.pk)
    page = {"form": form, "campaign": campaign, "host": host}
    return render(request, "passes/host_ask.html", page, status=422 if form.errors else 200)


def _host(request: HttpRequest, identity: UUID) -> Qualification:
    found = get_object_or_404(
        Qualification.objects.select_related("campaign", "organisation", "charter_by", "decided_by"), pk=identity
    )
    authorise(request, SEE_CLAIMS, found.organisation)
    return found


@requires(SEE_CLAIMS)
@require_safe
def host(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One host: what it said, what was decided, under what conditions."""
    return _page(request, _host(request, identity))


def _page(request: HttpRequest, one: Qualification, asked: str = "", form: Form | None = None) -> HttpResponse:
    steers = can(request.user, MANAGE)
    known = QualificationState(one.state)
    forms = [
        (state, form if state == asked and form else DecisionForm(state=state, initial=_start(state)))
        for state in (queries.NEXT[known] if steers else ())
    ]
    if steers and known == QualificationState.QUALIFIED:
        forms.insert(0, ("renew", form if asked == "renew" and form else RenewForm(initial={"until": one.valid_until})))  # type: ignore[arg-type]
    page = {
        "host": one,
        "campaign": one.campaign,
        "steers": steers,
        "answers_for": can(request.user, ANSWER_FOR_HOST, one.organisation),
        "forms": forms,
        "form": form,
        "prices": queries.prices(one),
        "account": queries.account_state(one.organisation),
        "questions": _answers(one),
        "may_change": known != QualificationState.SUSPENDED,
    }
    return render(request, "passes/host.html", page, status=422 if form and form.errors else 200)


def _start(state: QualificationState) -> dict[str, Any]:
    tomorrow = clock.today() + timedelta(days=1)
    return {"day": clock.today() if state == QualificationState.QUALIFIED else tomorrow}


def _answers(one: Qualification) -> list[tuple[Any, str]]:
    labels = {name: field.label for name, field in HostForm.base_fields.items()}
    words = {True: _("Yes"), False: _("No")}
    return [
        (labels[name], words[value] if isinstance(value, bool) else str(value))
        for name, value in one.answers.items()
        if name in labels
    ]


@requires(MANAGE)
@require_POST
def decide(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What the team decides, with its reasons."""
    one, asked = _host(request, identity), request.POST.get("state", "")
    if asked != "renew" and asked not in QualificationState.values:
        raise Http404
    form = RenewForm(request.POST) if asked == "renew" else DecisionForm(request.POST, state=QualificationState(asked))
    if form.is_valid():
        try:
            said = form.cleaned_data | {"actor": who(request), "now": clock.now()}
            if asked == "renew":
                hosts.renew(host=one, **said)
            else:
                hosts.decide(host=one, state=QualificationState(asked), **said)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is decided. The host is told by e-mail."))
            return redirect("host", identity)
    return _page(request, _host(request, identity), asked, form)


@requires(MANAGE)
@require_POST
def price(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A course at its price: accepted, or refused with a reason."""
    one = get_object_or_404(CoursePrice.objects.select_related("qualification"), pk=identity)
    said: dict[str, Any] = {
        "is_accepted": request.POST.get("state") == PriceState.ACCEPTED,
        "reason": request.POST.get("reason", ""),
    }
    try:
        hosts.decide_price(price=one, actor=who(request), now=clock.now(), **said)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down."))
    return redirect("host", one.qualification_id)


@requires(SEE_CLAIMS)
@require_safe
def attestation(request: HttpRequest, identity: UUID) -> HttpResponse:
    """For the act of a public host's régie."""
    one = _host(request, identity)
    if one.state != QualificationState.QUALIFIED or not one.is_public_body:
        raise Http404
    return answer(attestation_pdf(one), name=f"attestation-pass-{one.campaign.year}.pdf")


@requires(SEE_CLAIMS)
@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Bank details of a host: what is paid to, what waits, new ones to give."""
    host = get_object_or_404(Organisation, pk=organisation)
    authorise(request, SEE_CLAIMS, host)
    form = BankForm(request.POST, request.FILES) if request.method == "POST" else BankForm()
    if form.is_bound and form.is_valid():
        try:
            bank.propose(organisation=host, actor=who(request), now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The bank details wait for a second person, of the team."))
            return redirect("host-accounts", organisation)
    steers = can(request.user, MANAGE)
    rows = [(one, _clear(one) if steers and one.state == BankState.WAITING else "") for one in queries.accounts(host)]
    page = {"host": host, "rows": rows, "form": form, "steers": steers}
    shown = render(request, "passes/host_accounts.html", page, status=422 if form.errors else 200)
    shown.headers["Cache-Control"] = "no-store, private"
    return shown


def _clear(one: BankDetails) -> str:
    try:
        number = open_iban(one)
    except DomainError as error:
        return str(error)
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _account(request: HttpRequest, identity: UUID) -> BankDetails:
    found = get_object_or_404(BankDetails.objects.select_related("organisation", "proof"), pk=identity)
    authorise(request, SEE_CLAIMS, found.organisation)
    return found


@requires(SEE_CLAIMS)
@require_safe
def proof(request: HttpRequest, identity: UUID) -> FileResponse:
    """The paper of the bank."""
    one = _account(request, identity)
    if one.proof is None:
        raise Http404
    return download(one.proof)


@requires(MANAGE)
@require_POST
def decide_account(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The second person."""
    one = _account(request, identity)
    said: dict[str, Any] = {
        "is_accepted": request.POST.get("state") == BankState.ACCEPTED,
        "reason": request.POST.get("reason", ""),
    }
    try:
        bank.decide_bank(details=one, actor=who(request), now=clock.now(), **said)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down."))
    return redirect("host-accounts", one.organisation_id)
