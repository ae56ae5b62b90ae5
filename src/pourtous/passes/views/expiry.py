"""Passes past their last day: looked at, let expire on confirmation, stated with what each funder gets back."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.exporters import expiry as exporters
from pourtous.passes.operations.release import expire
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries import expiry as queries
from pourtous.passes.views.claims import the_campaign
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.ui.documents import answer
from pourtous.ui.format import euros

_AHEAD = timedelta(days=60)


@requires(MANAGE)
@require_safe
def expiry(request: HttpRequest) -> HttpResponse:
    """What would expire now, what soon, what has."""
    campaign, today = the_campaign(request), clock.today()
    late = queries.late(campaign, today)
    passes, cents = queries.counted(campaign)
    page = {
        "campaign": campaign,
        "late": late,
        "late_passes": sum(one.passes for one in late),
        "late_cents": sum(one.cents for one in late),
        "coming": queries.coming(campaign, today, today + _AHEAD),
        "runs": queries.runs(campaign),
        "credit": queries.credit(campaign) if passes else [],
        "passes": passes,
        "cents": cents,
    }
    return render(request, "passes/claims_expiry.html", page)


@requires(MANAGE)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Let expire what was looked at. When it is no longer the same amount, it is shown again first."""
    campaign = the_campaign(request)
    back = redirect(f"{reverse('claims-expiry')}?campagne={campaign.pk}")
    seen = sum(one.cents for one in queries.late(campaign, clock.today()))
    if not seen:
        messages.success(request, _("Nothing is out of date: all that was has already expired."))
        return back
    if request.POST.get("cents") != str(seen):
        messages.error(request, _("It has changed since you looked: look at the amounts again, then confirm."))
        return back
    try:
        cents = expire(campaign=campaign, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return back
    messages.success(
        request, _("%(amount)s have expired. The credit of each funder is below.") % {"amount": euros(cents)}
    )
    return back


@requires(MANAGE)
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """The contradictory statement."""
    campaign = the_campaign(request)
    return answer(exporters.statement_pdf(campaign), name=f"pass-perimes-{campaign.year}.pdf")


@requires(MANAGE)
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of passes out of date."""
    campaign = the_campaign(request)
    if kind not in TABLE_KINDS:
        raise Http404
    name = f"pass-perimes-{campaign.year}"
    return table_download(kind, name, _("Out of date"), exporters.columns(), exporters.rows(campaign))
