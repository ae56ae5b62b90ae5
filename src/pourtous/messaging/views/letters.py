"""The mail of the day: letters that wait come out as one PDF; a person says when they are on paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import LetterBatch, Message
from pourtous.messaging.operations import letters
from pourtous.messaging.permissions import PRINT
from pourtous.messaging.queries import letters_of, open_batches, waiting_letters
from pourtous.ui import documents
from pourtous.ui.format import date_in_full

SHOWN = 50
TEMPLATE = "messaging/letters.typ"


@requires(PRINT)
def mail(request: HttpRequest) -> HttpResponse:
    """What waits, and what is being printed."""
    waiting = waiting_letters(clock.now())
    context = {"waiting": waiting[:SHOWN], "count": waiting.count(), "batches": open_batches(), "most": SHOWN}
    return render(request, "messaging/mail.html", context)


@requires(PRINT)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Take what waits into a batch."""
    return _done(request, lambda: letters.make_batch(actor=request.user, now=clock.now()), lambda _batch: "")


@requires(PRINT)
def print_batch(_request: HttpRequest, identity: UUID) -> HttpResponse:
    """The letters of an open batch as one PDF."""
    batch = get_object_or_404(LetterBatch, id=identity, closed_at=None)
    found = letters_of(batch)
    if not found:
        raise Http404
    title = _("Letters of %(day)s") % {"day": date_in_full(batch.made_at)}
    content = documents.pdf(TEMPLATE, {"letters": found, "enclosed_label": _("Enclosed document")}, title=title)
    return documents.answer(content, name=f"courrier-{batch.made_at:%Y-%m-%d-%H%M}.pdf")


@requires(PRINT)
@require_POST
def confirm(request: HttpRequest, identity: UUID) -> HttpResponse:
    """They are on paper."""
    batch = get_object_or_404(LetterBatch, id=identity)
    return _done(
        request,
        lambda: letters.confirm_batch(batch, actor=request.user, now=clock.now()),
        lambda count: ngettext("%(count)s letter has left.", "%(count)s letters have left.", count) % {"count": count},
    )


@requires(PRINT)
@require_POST
def undo(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Nothing came out."""
    batch = get_object_or_404(LetterBatch, id=identity)
    return _done(
        request,
        lambda: letters.undo_batch(batch, actor=request.user, now=clock.now()),
        lambda _count: _("The letters wait again."),
    )


@requires(PRINT)
@require_POST
def again(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One came out badly."""
    letter = get_object_or_404(Message, id=identity)
    return _done(
        request,
        lambda: letters.print_later(letter, actor=request.user, now=clock.now()),
        lambda _nothing: _("The letter waits for the next printing."),
    )


def _done(request: HttpRequest, act: Callable[[], Any], said: Callable[[Any], str]) -> HttpResponse:
    try:
        if words := said(act()):
            messages.success(request, words)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("mail")
