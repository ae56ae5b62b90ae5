"""Claims: what hosts are owed, month by month; for the hosts, and for the team that steps them on."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.enums import ClaimState, FlagState
from pourtous.passes.exporters import claims as exporters
from pourtous.passes.forms.claims import NothingForm, OrderForm, PayForm, RejectForm, day_typed
from pourtous.passes.models import Campaign, Claim, Flag
from pourtous.passes.operations import claim_steps, payments
from pourtous.passes.operations import claims as operations
from pourtous.passes.operations.monthly import draw_up_again, month_over
from pourtous.passes.permissions import MANAGE, SEE_CLAIMS
from pourtous.passes.queries import claims as queries
from pourtous.passes.rules.claim_steps import ACTS, Act, told_to_host, why_not
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.ui.components import Step, Tab
from pourtous.ui.documents import answer
from pourtous.ui.format import date_in_full
from pourtous.ui.forms import Form, refuse

PER_PAGE = 100
FORMS: dict[Act, type[Form]] = {Act.ORDER: OrderForm, Act.PAY: PayForm, Act.REJECT: RejectForm}


def campaign_asked(request: HttpRequest) -> Campaign | None:
    """The campaign one works on: the one asked for, else the latest; None when there is none. 404 for a wrong key."""
    asked = request.GET.get("campagne", "")
    if not asked:
        return queries.campaigns().first()
    try:
        return get_object_or_404(queries.campaigns(), pk=UUID(asked))
    except ValueError as error:
        raise Http404 from error


def the_campaign(request: HttpRequest) -> Campaign:
    """The same; 404 when there is none."""
    found = campaign_asked(request)
    if found is None:
        raise Http404
    return found


@requires(SEE_CLAIMS)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Claims by month and state: all for the team, a host's own for its manager."""
    campaign = campaign_asked(request)
    steers = can(request.user, MANAGE)
    page: dict[str, Any] = {"campaign": campaign, "campaigns": queries.campaigns(), "steers": steers}
    if campaign is not None:
        page |= _list(request, campaign) | (_team(campaign) if steers else _host(request, campaign))
    return render(request, "passes/claims.html", page)


def _list(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    found = queries.visible(request.user).filter(campaign=campaign)
    month = _month(request)
    in_month = found.filter(month=month) if month else found
    counted = queries.by_state(in_month)
    state = request.GET.get("etat", "")
    if state not in ClaimState.values:
        state = ""
    shown = in_month.filter(state=state) if state else in_month
    rows = Paginator(shown.order_by("-month", "organisation__name", "-number"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "page": rows,
        "blocked": queries.without_account(list(rows)),
        "months": queries.months(found),
        "month": month,
        "state": state,
        "tabs_items": _tabs(campaign, request, counted, state),
        "cents": sum(cents for _n, cents in counted.values()) if not state else counted.get(state, (0, 0))[1],
        "all_ticked": request.GET.get("tous") == "1",
        "delay": queries.usual_delay(campaign),
        "pay_form": PayForm(initial={"on": clock.today()}),
    }


def _month(request: HttpRequest) -> Any:
    try:
        return parse_date(request.GET.get("mois", "") + "-01")
    except ValueError:
        return None


def _tabs(campaign: Campaign, request: HttpRequest, counted: dict[str, tuple[int, int]], state: str) -> list[Tab]:
    kept = {"campagne": str(campaign.pk)} | ({"mois": request.GET["mois"]} if _month(request) else {})

    def tab(value: str, label: Any, count: int) -> Tab:
        query = urlencode(kept | ({"etat": value} if value else {}))
        return Tab(label, f"{reverse('claims')}?{query}", state == value, count)

    whole = sum(n for n, _cents in counted.values())
    found = [
        tab(one.value, one.label, counted.get(one, (0, 0))[0]) for one in ClaimState if one in counted or state == one
    ]
    return [tab("", _("All"), whole), *found]


def _team(campaign: Campaign) -> dict[str, Any]:
    return {
        "flags": Flag.objects.filter(campaign=campaign, state=FlagState.OPEN).count(),
        "runs": queries.runs(campaign)[:6],
        "month_over": month_over(clock.today()),
        "batches": queries.batches(campaign)[:5],
        "disputes": queries.open_disputes(campaign),
    }


def _host(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    return {"coming": queries.coming(campaign, queries.own_hosts(request.user))}


@requires(MANAGE)
@require_POST
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw up what came late for the month that is over."""
    campaign = the_campaign(request)
    try:
        made = draw_up_again(campaign=campaign, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)s new claim.", "%(n)s new claims.", len(made)) % {"n": len(made)}
        messages.success(request, said if made else _("Nothing new: all that was used stands on a claim."))
    return redirect(f"{reverse('claims')}?campagne={campaign.pk}")


@requires(MANAGE)
@require_POST
def steps(request: HttpRequest) -> HttpResponse:
    """The same step for all the claims ticked."""
    campaign = the_campaign(request)
    back = f"{reverse('claims')}?{request.GET.urlencode()}"
    ticked = _ticked(request, campaign)
    if not ticked:
        messages.error(request, _("Tick at least one claim."))
        return redirect(back)
    act = request.POST.get("act", "")
    if act == "file":
        return _file(request, campaign, ticked, back)
    outcome = _step_all(request, act, ticked)
    if outcome is not None:
        _tell(request, outcome)
    return redirect(back)


def _ticked(request: HttpRequest, campaign: Campaign) -> list[Claim]:
    keys = []
    for text in request.POST.getlist("claim")[: PER_PAGE * 5]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return list(queries.visible(request.user).filter(campaign=campaign, pk__in=keys).order_by("number"))


def _step_all(request: HttpRequest, act: str, ticked: list[Claim]) -> claim_steps.Outcome | None:
    said: dict[str, Any] = {"actor": who(request), "now": clock.now()}
    if act == Act.CERTIFY:
        return claim_steps.certify_all(claims=ticked, **said)
    if act == Act.LIQUIDATE:
        return claim_steps.liquidate_all(claims=ticked, **said)
    if act == Act.ORDER:
        same = request.POST.get("number", "")[:100]
        numbers = [(one, request.POST.get(f"number-{one.pk}", "")[:100].strip() or same) for one in ticked]
        return claim_steps.order_all(claims=numbers, **said)
    day = day_typed(request.POST, "on")
    if act == Act.PAY and day is not None:
        return claim_steps.pay_all(claims=ticked, on=day, **said)
    messages.error(request, _("Write the day of the payment.") if act == Act.PAY else _("Choose what to do."))
    return None


def _file(request: HttpRequest, campaign: Campaign, ticked: list[Claim], back: str) -> HttpResponse:
    try:
        made = payments.make_payment_batch(
            campaign=campaign, claims=[one.pk for one in ticked], actor=who(request), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("payment-batch", made.pk)


def _tell(request: HttpRequest, outcome: claim_steps.Outcome) -> None:
    if outcome.done:
        said = ngettext("%(n)s claim has moved on.", "%(n)s claims have moved on.", outcome.done)
        messages.success(request, said % {"n": outcome.done})
    for claim, sentence in outcome.refused[:20]:
        facts = {"number": claim.number, "host": claim.organisation.name, "why": sentence}
        messages.error(request, _("Claim %(number)s, %(host)s: %(why)s") % facts)


def the_claim(request: HttpRequest, identity: UUID) -> Claim:
    """A claim this person may see; 404 to strangers."""
    found = get_object_or_404(
        Claim.objects.select_related(
            "campaign", "organisation", "certified_by", "liquidated_by", "ordered_by", "bank_details", "batch"
        ),
        pk=identity,
    )
    authorise(request, SEE_CLAIMS, found.organisation)
    return found


@requires(SEE_CLAIMS)
@require_safe
def claim(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One claim: where it stands, what comes next, every pass."""
    return _page(request, the_claim(request, identity))


@requires(MANAGE)
@require_POST
def step(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One step of one claim."""
    shown = the_claim(request, identity)
    try:
        act = Act(request.POST.get("act", ""))
    except ValueError as error:
        raise Http404 from error
    form = FORMS.get(act, NothingForm)(request.POST)
    if form.is_valid():
        try:
            getattr(operations, act.value)(claim=shown, actor=who(request), now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is written down."))
            return redirect("claim", identity)
    return _page(request, the_claim(request, identity), act, form)


def _page(request: HttpRequest, shown: Claim, act: Act | None = None, form: Form | None = None) -> HttpResponse:
    steers = can(request.user, MANAGE)
    known = queries.facts(shown, request.user)
    acts = [
        (one, form if one == act and form else FORMS.get(one, NothingForm)(initial=_start(one)), why_not(one, known))
        for one in ACTS[known.state]
    ]
    page = {
        "claim": shown,
        "steers": steers,
        "acts": acts if steers else [],
        "form": form,
        "told": told_to_host(known.state),
        "steps": _steps(shown),
        "parts": queries.parts(shown) if steers else [],
        "page": Paginator(queries.lines(shown), PER_PAGE).get_page(request.GET.get("page")),
        "delay": queries.usual_delay(shown.campaign),
    }
    return render(request, "passes/claim.html", page, status=422 if form and form.errors else 200)


def _start(act: Act) -> dict[str, Any]:
    return {"on": clock.today()} if act in {Act.PAY, Act.REJECT} else {}


def _steps(shown: Claim) -> list[Step]:
    """What was done, by whom and when; what is still to come."""
    order = _("number %(number)s") % {"number": shown.order_number} if shown.order_number else ""
    rejected = shown.state == ClaimState.REJECTED
    done = [
        (ClaimState.DRAWN_UP.label, shown.drawn_up_at, None, ""),
        (ClaimState.CERTIFIED.label, shown.certified_at, shown.certified_by, ""),
        (ClaimState.LIQUIDATED.label, shown.liquidated_at, shown.liquidated_by, ""),
        (ClaimState.ORDERED.label, shown.ordered_at, shown.ordered_by, order),
        (
            ClaimState.REJECTED.label if rejected else ClaimState.PAID.label,
            shown.settled_on,
            None,
            shown.rejection if rejected else "",
        ),
    ]
    return [Step(label, _told(at, by, more), at is not None) for label, at, by, more in done]


def _told(at: Any, by: Any, more: str) -> str:
    if at is None:
        return ""
    return ", ".join(part for part in (date_in_full(at), by.name if by else "", more) if part)


@requires(SEE_CLAIMS)
@require_safe
def statement(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The statement as PDF."""
    shown = the_claim(request, identity)
    return answer(exporters.claim_pdf(shown), name=f"etat-liquidatif-{shown.campaign.year}-{shown.number}.pdf")


@requires(SEE_CLAIMS)
@require_safe
def lines(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """The list of passes as a table."""
    shown = the_claim(request, identity)
    if kind not in TABLE_KINDS:
        raise Http404
    name = f"etat-liquidatif-{shown.campaign.year}-{shown.number}"
    return table_download(kind, name, _("Passes"), exporters.line_columns(), exporters.line_rows(shown))
