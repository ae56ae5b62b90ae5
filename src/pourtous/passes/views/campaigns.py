"""Campaigns, for those who steer: what they are, whom they serve, who pays, and whether they may open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import CAMPAIGN_MOVES, CampaignState
from pourtous.passes.forms.campaigns import (
    CampaignForm,
    PlanForm,
    PublicForm,
    TerritoryDaysForm,
    TerritoryForm,
    public_said,
    said_of,
)
from pourtous.passes.models import Campaign, CampaignPublic, CampaignTerritory
from pourtous.passes.operations import campaigns as operations
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries import campaigns as queries
from pourtous.ui.forms import Form


@requires(MANAGE)
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, the latest first."""
    rows = [(one, queries.passes_by_state(one)) for one in Campaign.objects.select_related("issuer")]
    return render(request, "passes/campaigns.html", {"rows": rows})


@requires(MANAGE)
def campaign(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One campaign on one page."""
    shown = get_object_or_404(Campaign.objects.select_related("issuer"), pk=identity)
    plan = queries.plan_in_force(shown, clock.today())
    page = {
        "campaign": shown,
        "missing": operations.missing(shown) if shown.state == CampaignState.DRAFT else [],
        "moves": [
            CampaignState(state) for state in CampaignState if state in CAMPAIGN_MOVES[CampaignState(shown.state)]
        ],
        "publics": [(public, public.audience.explain()) for public in shown.publics.all()],
        "territories": shown.territories.select_related("zone"),
        "people": queries.people_living_in(shown),
        "plan": plan,
        "plans": shown.plans.prefetch_related("fundings__funder", "fundings__quota_public"),
        "fundings": list(plan.fundings.select_related("funder")) if plan else [],
        "simulation": queries.simulation(shown, plan),
        "states": queries.passes_by_state(shown),
        "money": queries.money(shown),
    }
    return render(request, "passes/campaign.html", page)


def _try(form: Form, act: Any, **arguments: Any) -> Any:
    """Do it, or say on the form what was refused; None then."""
    try:
        return act(**arguments, now=clock.now())
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


@requires(MANAGE)
def edit(request: HttpRequest, identity: UUID | None = None) -> HttpResponse:
    """Make a campaign, or change its rules."""
    known = get_object_or_404(Campaign, pk=identity) if identity else None
    start = said_of(known or Campaign())
    form = CampaignForm(request.POST or None, initial=start)
    if form.is_valid():
        made = _try(form, operations.save_campaign, campaign=known, facts=form.facts(), actor=request.user)
        if made:
            messages.success(request, _("The rules of the campaign are kept."))
            return redirect("campaign", identity=made.pk)
    return render(request, "passes/campaign_form.html", {"form": form, "campaign": known})


@requires(MANAGE)
def public(request: HttpRequest, identity: UUID, public: UUID | None = None) -> HttpResponse:
    """Somebody the campaign is for, explained in a sentence."""
    shown = get_object_or_404(Campaign, pk=identity)
    known = get_object_or_404(CampaignPublic, pk=public, campaign=shown) if public else None
    form = PublicForm(request.POST or None, initial=public_said(known) if known else None)
    if form.is_valid():
        said = form.cleaned_data
        made = _try(
            form,
            operations.save_public,
            campaign=shown,
            public=known,
            name=said["name"],
            audience=form.audience,
            books_planned=said["books_planned"],
            actor=request.user,
        )
        if made:
            messages.success(request, made.audience.explain())
            return redirect("campaign", identity=shown.pk)
    sentence = known.audience.explain() if known else ""
    page = {"form": form, "campaign": shown, "public": known, "sentence": sentence}
    return render(request, "passes/campaign_public.html", page)


@require_POST
@requires(MANAGE)
def public_remove(request: HttpRequest, identity: UUID, public: UUID) -> HttpResponse:
    """Take a public out."""
    known = get_object_or_404(CampaignPublic, pk=public, campaign=identity)
    return _done(request, identity, operations.remove_public, _("The public is taken out."), public=known)


@requires(MANAGE)
def territory(request: HttpRequest, identity: UUID, territory: UUID | None = None) -> HttpResponse:
    """Where books are handed over, and from when."""
    shown = get_object_or_404(Campaign, pk=identity)
    known = get_object_or_404(CampaignTerritory, pk=territory, campaign=shown) if territory else None
    form = TerritoryDaysForm(request.POST or None, territory=known) if known else TerritoryForm(request.POST or None)
    if form.is_valid():
        made = _try(form, operations.save_territory, campaign=shown, **form.cleaned_data, actor=request.user)
        if made:
            messages.success(request, _("The territory is kept."))
            return redirect("campaign", identity=shown.pk)
    page = {"form": form, "campaign": shown, "territory": known}
    return render(request, "passes/campaign_territory.html", page)


@require_POST
@requires(MANAGE)
def territory_remove(request: HttpRequest, identity: UUID, territory: UUID) -> HttpResponse:
    """Take a territory out of a draft."""
    known = get_object_or_404(CampaignTerritory, pk=territory, campaign=identity)
    return _done(request, identity, operations.remove_territory, _("The territory is taken out."), territory=known)


@requires(MANAGE)
def plan(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Who pays from a day on."""
    shown = get_object_or_404(Campaign, pk=identity)
    form = PlanForm(request.POST or None, campaign=shown, initial={"starts_on": max(shown.starts_on, clock.today())})
    if form.is_valid():
        made = _try(
            form,
            operations.new_plan,
            campaign=shown,
            starts_on=form.cleaned_data["starts_on"],
            parts=form.parts,
            actor=request.user,
        )
        if made:
            messages.success(request, _("The funding plan is kept."))
            return redirect("campaign", identity=shown.pk)
    return render(request, "passes/campaign_plan.html", {"form": form, "campaign": shown})


@require_POST
@requires(MANAGE)
def move(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Open, close, open again, settle."""
    known = get_object_or_404(Campaign, pk=identity)
    state = request.POST.get("state", "")
    if state not in CampaignState.values:
        return redirect("campaign", identity=identity)
    done = _("The campaign is now: %(state)s.") % {"state": CampaignState(state).label}
    return _done(request, identity, operations.move_campaign, done, campaign=known, state=CampaignState(state))


def _done(request: HttpRequest, identity: UUID, act: Any, sentence: str, **arguments: Any) -> HttpResponse:
    try:
        act(**arguments, actor=request.user, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)
    return redirect("campaign", identity=identity)
