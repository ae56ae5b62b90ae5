"""The register of stock: what is where, one book, and books that are gone."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.enums import MovementKind
from pourtous.passes.forms.stock import DeclareForm
from pourtous.passes.models import Book, Campaign
from pourtous.passes.operations import stock as operations
from pourtous.passes.permissions import HOLD_STOCK, MANAGE
from pourtous.passes.queries import stock as queries
from pourtous.passes.rules.codes import serial
from pourtous.ui.forms import Form


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


def attempt(form: Form, act: Any, **arguments: Any) -> Any:
    """Do it, or say on the form what was refused; None then."""
    try:
        return act(**arguments, now=clock.now())
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


@requires(HOLD_STOCK)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is where, by ranges of numbers."""
    campaign = campaign_asked(request)
    ranges = queries.register(campaign, seen_by=request.user) if campaign else []
    page = {
        "campaign": campaign,
        "campaigns": queries.campaigns(),
        "ranges": ranges,
        "states": queries.by_state(ranges),
        "holders": queries.holders(ranges),
        "waiting": queries.waiting(request.user),
        "steers": can(request.user, MANAGE),
    }
    return render(request, "passes/stock.html", page)


@requires(HOLD_STOCK)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """From a serial number to the page of the book."""
    text = request.GET.get("numero", "")[:40]
    found = queries.book_of_serial(text)
    if found is not None and queries.may_see(request.user, found):
        return redirect("stock-book", found.pk)
    return render(request, "passes/stock_found.html", {"text": text}, status=HTTPStatus.NOT_FOUND)


@requires(HOLD_STOCK)
@require_safe
def book(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One book: where it is, what happened to it, what is left of it. No name of anybody."""
    shown = get_object_or_404(Book.objects.select_related("campaign", "holder__organisation", "batch"), pk=identity)
    if not queries.may_see(request.user, shown):
        raise Http404
    page = {"book": shown, "history": queries.history(shown), "passes": queries.passes_left(shown)}
    return render(request, "passes/stock_book.html", page)


@requires(HOLD_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Books lost, stolen or destroyed: what is not used of them is cancelled."""
    campaign = the_campaign(request)
    steers = can(request.user, MANAGE)
    start = {"first": request.GET.get("numero", "")[:20]}
    form = DeclareForm(request.POST or None, initial=start, campaign=campaign, may_destroy=steers)
    if form.is_valid() and _may_declare(request, form, campaign, steers=steers):
        said = form.cleaned_data | {"kind": MovementKind(form.cleaned_data["kind"])}
        made = attempt(form, operations.declare, campaign=campaign, actor=request.user, **said)
        if made:
            messages.success(request, _("It is written down: nobody can use these passes any more."))
            return redirect("stock-slip", made.pk)
    page = {"form": form, "campaign": campaign}
    return render(request, "passes/stock_declare.html", page, status=422 if form.errors else 200)


def _may_declare(request: HttpRequest, form: DeclareForm, campaign: Campaign, *, steers: bool) -> bool:
    """A prescriber declares what their unit holds or handed over, nothing else."""
    if steers:
        return True
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    size = last - first + 1
    seen = Book.objects.filter(campaign=campaign, number__gte=first, number__lte=last)[: operations.MOST_DECLARED + 1]
    if (
        size <= operations.MOST_DECLARED
        and len(seen) == size
        and all(queries.may_see(request.user, one) for one in seen)
    ):
        return True
    message = _("Your unit does not answer for each of these books, from %(first)s on.")
    form.add_error("first", message % {"first": serial(campaign.year, first)})
    return False
