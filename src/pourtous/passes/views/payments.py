"""Payment files for the finance software, and what is used and not paid at the end of a year."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.exporters import claims as exporters
from pourtous.passes.forms.claims import DayForm
from pourtous.passes.models import PaymentBatch
from pourtous.passes.operations import payments
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries import claims as queries
from pourtous.passes.queries.year_end import by_host, unpaid
from pourtous.passes.views.claims import the_campaign
from pourtous.runtime.downloads import TABLE_KINDS, table_download


def _batch(identity: UUID) -> PaymentBatch:
    return get_object_or_404(PaymentBatch.objects.select_related("campaign", "made_by"), pk=identity)


@requires(MANAGE)
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """All payment files of a campaign."""
    campaign = the_campaign(request)
    page = {"campaign": campaign, "batches": queries.batches(campaign)}
    return render(request, "passes/claims_files.html", page)


@requires(MANAGE)
@require_safe
def batch(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One payment file: its claims, its sum, and what to do with it."""
    shown = _batch(identity)
    claims = list(queries.visible(request.user).filter(batch=shown).order_by("number"))
    page = {
        "batch": shown,
        "campaign": shown.campaign,
        "claims": claims,
        "cents": sum(one.value for one in claims),
        "may_withdraw": bool(claims) and all(one.state == "liquidated" for one in claims),
    }
    return render(request, "passes/claims_file.html", page)


@requires(MANAGE)
@require_POST
def take(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The file, with account numbers in clear; who took it is written down."""
    shown = _batch(identity)
    try:
        content = payments.take_payment_file(
            batch=shown, write=exporters.payment_csv, actor=who(request), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("payment-batch", identity)
    name = f"paiements-{shown.campaign.year}-{shown.number}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=TABLE_KINDS["csv"], headers=headers)


@requires(MANAGE)
@require_POST
def withdraw(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A file that will not be paid."""
    try:
        payments.withdraw_payment_batch(batch=_batch(identity), actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file is withdrawn: its claims can go into another one."))
    return redirect("payment-batch", identity)


@requires(MANAGE)
@require_safe
def year_end(request: HttpRequest) -> HttpResponse:
    """What is used and not paid on a day, host by host."""
    campaign = the_campaign(request)
    form = DayForm(request.GET) if "day_year" in request.GET else DayForm(initial={"day": _year_end(campaign.year)})
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else _year_end(campaign.year)
    hosts = [] if form.errors else by_host(unpaid(campaign, day))
    page = {
        "campaign": campaign,
        "form": form,
        "day": day,
        "hosts": hosts,
        "passes": sum(passes for _host, passes, _cents in hosts),
        "cents": sum(cents for _host, _passes, cents in hosts),
    }
    return render(request, "passes/claims_year_end.html", page, status=422 if form.errors else 200)


def _year_end(year: int) -> date:
    return min(date(year, 12, 31), clock.today())


@requires(MANAGE)
@require_safe
def year_end_table(request: HttpRequest, kind: str) -> HttpResponse:
    """The same, every pass, as a table."""
    campaign = the_campaign(request)
    try:
        day = parse_date(request.GET.get("jour", ""))
    except ValueError as error:
        raise Http404 from error
    if kind not in TABLE_KINDS or day is None:
        raise Http404
    rows = exporters.unpaid_rows(unpaid(campaign, day))
    return table_download(kind, f"pass-non-payes-{day}", _("Not paid"), exporters.unpaid_columns(), rows)
