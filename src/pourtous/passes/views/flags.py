"""The fraud and error desk: what looks wrong, closed with a reason."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import FlagState
from pourtous.passes.models import Flag
from pourtous.passes.operations.flags import close_flag
from pourtous.passes.permissions import MANAGE
from pourtous.passes.rules.patterns import sentence
from pourtous.ui.components import Tab

PER_PAGE = 25


@requires(MANAGE)
@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """Those to look at, or those explained."""
    state = FlagState.CLOSED if request.GET.get("etat") == FlagState.CLOSED else FlagState.OPEN
    rows = Flag.objects.filter(state=state).select_related("organisation", "campaign", "closed_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = {one: Flag.objects.filter(state=one).count() for one in FlagState}
    context = {
        "page": page,
        "flags": [(one, sentence(one.pattern, one.facts)) for one in page],
        "state": state,
        "tabs_items": [
            Tab(one.label, f"{reverse('pass-flags')}?etat={one}", state == one, counts[one]) for one in FlagState
        ],
    }
    return render(request, "passes/flags.html", context)


@requires(MANAGE)
@require_POST
def close(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Explained, with the reason written."""
    one = get_object_or_404(Flag, pk=identity)
    try:
        close_flag(
            flag=one, reason=request.POST.get("reason", "").replace("\0", ""), actor=who(request), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is closed, with your reason."))
    return redirect(reverse("pass-flags"))
