"""Books nobody uses: looked at, then cancelled on confirmation."""

from typing import Any

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
from pourtous.passes.operations.dormant import cancel_dormant
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries import dormant as queries
from pourtous.passes.views.stock import the_campaign
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.ui.format import euros

_AHEAD, _SHOWN = 30, 100


@requires(MANAGE)
@require_safe
def dormant(request: HttpRequest) -> HttpResponse:
    """What could be cancelled now, whose notice runs, who will be told soon."""
    campaign, now = the_campaign(request), clock.now()
    late = queries.to_cancel(campaign, now=now)
    page: dict[str, Any] = {
        "campaign": campaign,
        "late": queries.lines(late, limit=_SHOWN),
        "total": queries.counted(late),
        "notice": queries.counted(queries.in_notice(campaign, now=now)),
        "unreached": queries.counted(queries.unreached(campaign, now=now)),
        "soon": queries.counted(queries.to_warn(campaign, now=now, within=_AHEAD)),
        "runs": queries.runs(campaign),
    }
    return render(request, "passes/dormant.html", page)


@requires(MANAGE)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Cancel what was looked at. When it is no longer the same amount, it is shown again first."""
    campaign, now = the_campaign(request), clock.now()
    back = redirect(f"{reverse('dormant')}?campagne={campaign.pk}")
    seen = queries.counted(queries.to_cancel(campaign, now=now)).cents
    if not seen:
        messages.success(request, _("Nothing is to be cancelled."))
        return back
    if request.POST.get("cents") != str(seen):
        messages.error(request, _("It has changed since you looked: look at the amounts again, then confirm."))
        return back
    try:
        cents = cancel_dormant(campaign=campaign, actor=who(request), now=now)
    except DomainError as error:
        messages.error(request, str(error))
        return back
    messages.success(request, _("%(amount)s are back in the fund.") % {"amount": euros(cents)})
    return back


@requires(MANAGE)
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The books that could be cancelled now, all of them."""
    campaign = the_campaign(request)
    if kind not in TABLE_KINDS:
        raise Http404
    columns = [
        _("Book"),
        _("Unit"),
        _("Handed over on"),
        _("Last used"),
        _("Told on"),
        _("Passes left"),
        _("Amount (€)"),
    ]
    rows = [
        (one.serial, one.unit, one.handed_on, one.last_used, one.warned_on, one.passes, one.cents / 100)
        for one in queries.lines(queries.to_cancel(campaign, now=clock.now()))
    ]
    return table_download(kind, f"chequiers-dormants-{campaign.year}", _("Dormant books"), columns, rows)
