"""Slips of the register: books given by one, received by another; both sign."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.enums import MovementKind, SlipState
from pourtous.passes.exporters.slips import slip_pdf
from pourtous.passes.forms.stock import RefuseForm, SlipForm
from pourtous.passes.models import Movement
from pourtous.passes.operations import stock as operations
from pourtous.passes.permissions import HOLD_STOCK, MANAGE
from pourtous.passes.queries import stock as queries
from pourtous.passes.views.stock import attempt, the_campaign
from pourtous.ui.documents import answer

PAGE = 50


@requires(HOLD_STOCK)
@require_safe
def slips(request: HttpRequest) -> HttpResponse:
    """All slips of a campaign that one may see."""
    campaign = the_campaign(request)
    page = Paginator(queries.slips(campaign, seen_by=request.user), PAGE).get_page(request.GET.get("page"))
    rows = [(one, queries.span(campaign, one.first, one.last)) for one in page]
    return render(request, "passes/stock_slips.html", {"page": page, "rows": rows, "campaign": campaign})


@requires(HOLD_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give books to another unit: it confirms."""
    campaign = the_campaign(request)
    takers = queries.holding_units(steering=None if can(request.user, MANAGE) else True)
    form = SlipForm(
        request.POST or None, campaign=campaign, givers=list(queries.own_units(request.user)), takers=takers
    )
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form, operations.propose_slip, campaign=campaign, kind=_kind(said["taker"]), actor=who(request), **said
        )
        if made:
            messages.success(request, _("The slip is made. The books are yours until the other unit confirms."))
            return redirect("stock-slip", made.pk)
    page = {"form": form, "campaign": campaign}
    return render(request, "passes/stock_slip_new.html", page, status=422 if form.errors else 200)


def _kind(taker: Unit) -> MovementKind:
    """Books that go to those who steer come back to the safe."""
    return MovementKind.RETURNED if "steering" in taker.capabilities else MovementKind.ENTRUSTED


def _slip(request: HttpRequest, identity: UUID) -> Movement:
    one = get_object_or_404(Movement.objects.select_related("campaign__issuer"), pk=identity)
    if one.from_unit_id is None and one.to_unit_id is None and one.given_by_id == who(request).pk:
        return one  # a loss one declared
    return get_object_or_404(queries.slips(one.campaign, seen_by=request.user), pk=identity)


def _receives(request: HttpRequest, slip: Movement) -> bool:
    return queries.holds(request.user, slip.to_unit_id) and slip.state == SlipState.WAITING


@requires(HOLD_STOCK)
@require_safe
def slip(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One slip: to confirm, to refuse, to print."""
    return _page(request, _slip(request, identity), RefuseForm())


def _page(request: HttpRequest, one: Movement, form: RefuseForm) -> HttpResponse:
    page = {
        "slip": one,
        "span": queries.span(one.campaign, one.first, one.last),
        "books": one.last - one.first + 1,
        "value": (one.last - one.first + 1) * one.campaign.book_value,
        "receives": _receives(request, one),
        "gave": one.given_by_id == who(request).pk,
        "form": form,
    }
    return render(request, "passes/stock_slip.html", page, status=422 if form.errors else 200)


@requires(HOLD_STOCK)
@require_POST
def receive(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The books are here, counted."""
    one = _received(request, identity)
    try:
        operations.confirm_slip(slip=one, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The books are yours. Keep them under lock."))
    return redirect("stock-slip", identity)


def _received(request: HttpRequest, identity: UUID) -> Movement:
    """The slip, for the unit that receives; 404 for all others, the giver included."""
    one = _slip(request, identity)
    if not queries.holds(request.user, one.to_unit_id):
        raise Http404
    return one


@requires(HOLD_STOCK)
@require_POST
def refuse(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The books are not here, or not all of them."""
    one = _received(request, identity)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    said: dict[str, Any] = {"reason": form.cleaned_data["reason"], "actor": who(request)}
    try:
        operations.refuse_slip(slip=one, now=clock.now(), **said)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The slip is refused: the books stay with who gave them."))
    return redirect("stock-slip", identity)


@requires(HOLD_STOCK)
@require_safe
def paper(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The slip on paper, with two places to sign."""
    one = _slip(request, identity)
    return answer(slip_pdf(one), name=f"bordereau-{one.number}.pdf")
