"""Counting what one holds: scan or type, then what is missing and what is too many."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.forms.stock import SeenForm
from pourtous.passes.models import StockTaking
from pourtous.passes.operations.stock_taking import end_counting, see_book, start_counting
from pourtous.passes.permissions import HOLD_STOCK
from pourtous.passes.queries import stock as queries
from pourtous.passes.rules.codes import serial
from pourtous.passes.views.stock import the_campaign

LAST_SEEN = 20


@requires(HOLD_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def countings(request: HttpRequest) -> HttpResponse:
    """Counts made; begin one for one's unit."""
    campaign = the_campaign(request)
    units = queries.own_units(request.user)
    if request.method == "POST":
        unit = units.filter(pk__in=[one.pk for one in units if str(one.pk) == request.POST.get("unit")]).first()
        if unit is None:
            raise Http404
        begun = start_counting(campaign=campaign, unit=unit, actor=who(request), now=clock.now())
        return redirect("stock-counting", begun.pk)
    found = queries.countings(campaign, seen_by=request.user)[:50]
    page = {"countings": found, "units": units, "campaign": campaign}
    return render(request, "passes/stock_countings.html", page)


def _counting(request: HttpRequest, identity: UUID) -> StockTaking:
    found = StockTaking.objects.select_related("campaign", "unit__organisation", "counted_by")
    one = get_object_or_404(found, pk=identity)
    if not queries.countings(one.campaign, seen_by=request.user).filter(pk=one.pk).exists():
        raise Http404
    return one


@requires(HOLD_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One book after the other; then the result."""
    one = _counting(request, identity)
    form = SeenForm(request.POST or None)
    if form.is_valid():
        _mine(request, one)
        try:
            book, is_new = see_book(counting=one, text=form.cleaned_data["text"])
        except DomainError as error:
            form.add_error("text", str(error))
        else:
            said = _("Book %(book)s: seen.") if is_new else _("Book %(book)s was already seen.")
            messages.success(request, said % {"book": serial(one.campaign.year, book.number)})
            return redirect("stock-counting", identity)
    page = {
        "counting": one,
        "campaign": one.campaign,
        "form": form,
        "last": _serials(one, one.found[-LAST_SEEN:][::-1]),
        "missing": _serials(one, one.missing),
        "foreign": _serials(one, one.foreign),
        "counts": _counts(request, one),
    }
    return render(request, "passes/stock_counting.html", page, status=422 if form.errors else 200)


def _serials(one: StockTaking, numbers: list[int]) -> list[str]:
    return [serial(one.campaign.year, number) for number in numbers]


def _counts(request: HttpRequest, one: StockTaking) -> bool:
    return one.ended_at is None and queries.holds(request.user, one.unit_id)


def _mine(request: HttpRequest, one: StockTaking) -> None:
    """Only who holds the books counts them; who steers looks."""
    if not queries.holds(request.user, one.unit_id):
        raise Http404


@requires(HOLD_STOCK)
@require_POST
def end(request: HttpRequest, identity: UUID) -> HttpResponse:
    """All that is there was seen."""
    one = _counting(request, identity)
    _mine(request, one)
    try:
        end_counting(counting=one, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("stock-counting", identity)
