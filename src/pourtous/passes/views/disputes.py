"""Passes that came twice: the team decides, with a reason; the host reads it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.models import Dispute
from pourtous.passes.operations import disputes as operations
from pourtous.passes.permissions import MANAGE, SEE_CLAIMS
from pourtous.passes.queries import disputes as queries
from pourtous.passes.views.claims import the_campaign


@requires(SEE_CLAIMS)
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """Those to decide, then those decided."""
    campaign = the_campaign(request)
    to_decide, decided = queries.split(queries.visible(request.user, campaign))
    borne = queries.borne_by_host(campaign)
    page = {
        "campaign": campaign,
        "steers": can(request.user, MANAGE),
        "to_decide": [
            (one, max(campaign.late_stubs_borne - borne.get(one.organisation_id, 0), 0)) for one in to_decide
        ],
        "decided": decided,
    }
    return render(request, "passes/claims_disputes.html", page)


@requires(MANAGE)
@require_POST
def decide(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Paid all the same, or not."""
    one = get_object_or_404(Dispute, pk=identity)
    said: dict[str, Any] = {
        "is_paid": request.POST.get("state") == "paid",
        "reason": request.POST.get("reason", "").replace("\0", ""),
    }
    try:
        operations.decide(dispute=one, actor=who(request), now=clock.now(), **said)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is decided. The host reads why."))
    return redirect(f"{reverse('claims-disputes')}?campagne={one.campaign_id}")
