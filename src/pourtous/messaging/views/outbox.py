"""The outbox, for those who see that messages leave."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.messaging import operations
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.permissions import MANAGE
from pourtous.messaging.queries import counts, in_state
from pourtous.ui.components import Tab

PAGE = 50


@requires(MANAGE)
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages by state, newest first."""
    state = request.GET.get("state", "")
    page = Paginator(in_state(state), PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/outbox.html", {"page": page, "tabs_items": _tabs(state)})


def _tabs(state: str) -> list[Tab]:
    count, here = counts(), reverse("messages")
    all_of_them = Tab(_("All"), here, state not in MessageState.values, sum(count.values()))
    return [
        all_of_them,
        *(Tab(s.label, f"{here}?state={s.value}", state == s.value, count.get(s.value, 0)) for s in MessageState),
    ]


@requires(MANAGE)
@require_POST
def retry(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Try a failed message again."""
    message = get_object_or_404(Message, id=identity)
    try:
        operations.retry(message, actor=request.user, now=clock.now())
        messages.success(request, _("The message is on its way again."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("messages")


@requires(MANAGE)
@require_POST
def cancel(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give a message up."""
    message = get_object_or_404(Message, id=identity)
    try:
        operations.cancel(message, actor=request.user, now=clock.now())
        messages.success(request, _("The message is cancelled."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("messages")
