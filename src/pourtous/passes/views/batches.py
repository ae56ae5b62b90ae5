"""Batches of books: made, prepared by a job, taken once, confirmed when printed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.forms.stock import BatchForm, ConfirmForm
from pourtous.passes.models import Batch, Campaign
from pourtous.passes.operations import issue, printing
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries import stock as queries
from pourtous.passes.views.stock import attempt, campaign_asked
from pourtous.ui.documents import answer


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """All batches of a campaign, and books to make."""
    campaign = campaign_asked(request)
    form = BatchForm(request.POST or None, initial=_usual(campaign) if campaign else None)
    if campaign is not None and form.is_valid():
        said = {"books": form.cleaned_data["books"], "mentions": form.mentions}
        made = attempt(form, printing.make_and_prepare, campaign=campaign, actor=who(request), **said)
        if made:
            return redirect("job", made.pk)
    page = {
        "form": form,
        "campaign": campaign,
        "campaigns": queries.campaigns(),
        "batches": _with_spans(campaign) if campaign else [],
    }
    return render(request, "passes/stock_batches.html", page, status=422 if form.errors else 200)


def _with_spans(campaign: Campaign) -> list[tuple[Batch, str]]:
    return [(one, queries.span(campaign, one.first, one.last)) for one in queries.batches(campaign)]


def _usual(campaign: Campaign) -> dict[str, Any]:
    """What the last batch said; before the first one, what the settings say."""
    last = Batch.objects.filter(campaign=campaign).exclude(payer="").first()
    if last is None:
        return {"issuer_address": settings.TERRITORY["publisher_address"]}
    return {"issuer_address": last.issuer_address, "payer": last.payer}


def _batch(identity: UUID) -> Batch:
    return get_object_or_404(
        Batch.objects.select_related(
            "campaign__issuer", "document", "file", "made_by", "downloaded_by", "commune", "zone"
        ),
        pk=identity,
    )


@requires(MANAGE)
@require_safe
def batch(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One batch, and the one thing to do next."""
    one = _batch(identity)
    page = {
        "batch": one,
        "campaign": one.campaign,
        "span": queries.span(one.campaign, one.first, one.last),
        "books": one.last - one.first + 1,
        "value": (one.last - one.first + 1) * one.campaign.book_value,
        "form": ConfirmForm(units=_safes(request)),
    }
    return render(request, "passes/stock_batch.html", page)


def _safes(request: HttpRequest) -> list[Any]:
    return [unit for unit in queries.own_units(request.user) if "steering" in unit.capabilities]


@requires(MANAGE)
@require_POST
def prepare(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Set the document again, as long as nobody took it."""
    try:
        job = printing.ask_document(batch=_batch(identity), actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("stock-batch", identity)
    return redirect("job", job.pk)


@requires(MANAGE)
@require_POST
def take(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The PDF, in clear: once."""
    one = _batch(identity)
    try:
        content = printing.take_document(batch=one, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("stock-batch", identity)
    return answer(content, name=f"chequiers-{one.campaign.year}-{one.first}-{one.last}.pdf", download=True)


@requires(MANAGE)
@require_POST
def confirm(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The books are printed, counted, and in a safe."""
    form = ConfirmForm(request.POST, units=_safes(request))
    if not form.is_valid():
        messages.error(request, _("Choose the safe in which the books are."))
        return redirect("stock-batch", identity)
    return _done(
        request, identity, issue.confirm_printed, _("The books are in the safe."), safe=form.cleaned_data["safe"]
    )


@requires(MANAGE)
@require_POST
def cancel(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The books will not be printed."""
    return _done(request, identity, issue.cancel_batch, _("The batch is cancelled. Its numbers are never used again."))


def _done(request: HttpRequest, identity: UUID, act: Any, said: str, **arguments: Any) -> HttpResponse:
    try:
        act(batch=_batch(identity), actor=who(request), now=clock.now(), **arguments)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("stock-batch", identity)
