"""The outbox, for those who see that messages leave."""

from urllib.parse import urlencode
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
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.permissions import MANAGE
from pourtous.messaging.queries import counts, in_state
from pourtous.ui.components import Tab

PAGE = 50


@requires(MANAGE)
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages by channel and state, newest first."""
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    context = {
        "page": Paginator(in_state(state, channel), PAGE).get_page(request.GET.get("page")),
        "tabs_items": _tabs(state, channel),
        "channels": _channels(channel),
        "now": clock.now(),
    }
    return render(request, "messaging/outbox.html", context)


def _tabs(state: str, channel: str) -> list[Tab]:
    count = counts(channel)
    all_of_them = Tab(_("All"), _here(channel=channel), state not in MessageState.values, sum(count.values()))
    return [
        all_of_them,
        *(Tab(s.label, _here(channel=channel, state=s), state == s, count.get(s, 0)) for s in MessageState),
    ]


def _channels(channel: str) -> list[Tab]:
    everything = Tab(_("All channels"), _here(), channel not in Channel.values)
    return [everything, *(Tab(c.label, _here(channel=c), channel == c) for c in Channel)]


def _here(**asked: str) -> str:
    kept = {name: str(value) for name, value in asked.items() if value}
    return reverse("messages") + (f"?{urlencode(kept)}" if kept else "")


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
