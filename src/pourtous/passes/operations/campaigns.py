"""Setting up a campaign: its rules, publics, territories and funders; opening and closing it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from pourtous.accounts.models import Agreement, Organisation
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import CAMPAIGN_MOVES, CampaignState, FundingBase, PassState
from pourtous.passes.models import Campaign, CampaignPublic, CampaignTerritory, Funding, FundingPlan, HandOver, Pass
from pourtous.passes.operations.ledger import current_plan, open_plan
from pourtous.passes.rules import shares
from pourtous.passes.rules.validity import are_tranches
from pourtous.people.rules.audiences import Audience
from pourtous.territories.models import Zone

MOST_PASSES = 99
LEAST_VALUE = 100


@dataclass(frozen=True)
class CampaignFacts:
    """All one says of a campaign; cents and days."""

    name: str
    year: int
    issuer: Organisation
    face_value: int
    passes_per_book: int
    tranches: tuple[int, ...]
    passes_per_session: int
    books_per_person: int
    budget: int
    starts_on: date
    last_day: date
    tolerance_days: int
    life_days: int | None
    stub_days: int
    claim_until: date | None
    themes: tuple[str, ...]
    levels: tuple[str, ...]
    reminder_days: tuple[int, ...]
    dormant_days: int
    notice_days: int
    late_stubs_borne: int
    undo_minutes: int
    regime: str
    regime_reference: str
    regime_on: date | None
    regisseur: str
    regime_ceiling: int | None
    help_phone: str


# What is printed on books, or what money hangs on: fixed once the campaign has opened.
FIXED = frozenset(
    {
        "year",
        "issuer",
        "face_value",
        "passes_per_book",
        "tranches",
        "starts_on",
        "last_day",
        "tolerance_days",
        "life_days",
    }
)


@dataclass(frozen=True)
class Part:
    """One funder of a plan, as it is said."""

    funder: Organisation
    rate: int | None = None
    amount: int | None = None
    ceiling: int | None = None
    base: FundingBase = FundingBase.REDEEMED
    agreement: Agreement | None = None
    quota_public: CampaignPublic | None = None
    quota: int | None = None

    @property
    def line(self) -> shares.Line:
        """What the rules look at."""
        return shares.Line(rate=self.rate, amount=self.amount, ceiling=self.ceiling)


@transaction.atomic
def save_campaign(*, campaign: Campaign | None, facts: CampaignFacts, actor: Any, now: datetime) -> Campaign:
    """Make a campaign, or change it. Once open, what is printed and what money hangs on stays. DomainError with field."""
    _check(facts)
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    said |= {"tranches": list(facts.tranches), "reminder_days": sorted(facts.reminder_days)}
    if campaign is None:
        campaign = Campaign(created_at=now)
    else:
        campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
        _check_change(campaign, said)
    for name, value in said.items():
        setattr(campaign, name, value)
    campaign.save()
    record(actor=actor, verb="passes.save_campaign", subject=campaign, now=now)
    return campaign


def _check(facts: CampaignFacts) -> None:
    refusals = (
        ("name", not facts.name, _("Give the campaign a name.")),
        ("face_value", facts.face_value < LEAST_VALUE, _("A pass is worth one euro at least.")),
        ("passes_per_book", not 1 <= facts.passes_per_book <= MOST_PASSES, _("A book holds from 1 to 99 passes.")),
        (
            "tranches",
            not are_tranches(facts.tranches, facts.passes_per_book),
            _("The tranches must add up to the passes of a book: %(passes)s.") % {"passes": facts.passes_per_book},
        ),
        ("passes_per_session", facts.passes_per_session < 1, _("A session costs one pass at least.")),
        ("books_per_person", facts.books_per_person < 1, _("A person gets one book at least.")),
        ("last_day", facts.last_day < facts.starts_on, _("The last day is before the first one.")),
        (
            "claim_until",
            facts.claim_until is not None and facts.claim_until < facts.last_day,
            _("Hosts need time after the last day: choose a later day."),
        ),
        ("budget", facts.budget < facts.face_value * facts.passes_per_book, _("The budget does not pay for one book.")),
    )
    for field, is_wrong, message in refusals:
        if is_wrong:
            raise DomainError(message, field=field)


def _check_change(campaign: Campaign, said: dict[str, Any]) -> None:
    if campaign.state == CampaignState.SETTLED:
        raise DomainError(_("This campaign is settled."))
    changed = [name for name in sorted(FIXED) if getattr(campaign, name) != said[name]]
    if "year" in changed and campaign.batches.exists():
        raise DomainError(_("Books of this year are already made: their numbers begin with it."), field="year")
    if campaign.state != CampaignState.DRAFT and changed:
        raise DomainError(_("This can no longer change: the campaign has opened."), field=changed[0])
    issued = Pass.objects.filter(book__campaign=campaign).exclude(state=PassState.RELEASED)
    if said["budget"] < (issued.aggregate(cents=Sum("value"))["cents"] or 0):
        raise DomainError(_("Passes are already issued for more than this."), field="budget")


@transaction.atomic
def save_public(
    *,
    campaign: Campaign,
    public: CampaignPublic | None,
    name: str,
    audience: Audience,
    books_planned: int | None,
    actor: Any,
    now: datetime,
) -> CampaignPublic:
    """Add or change somebody the campaign is for. Books handed over stay handed over."""
    if public is None:
        public = CampaignPublic(campaign=campaign, position=campaign.publics.count())
    public.name, public.rule, public.books_planned = name, audience.to_dict(), books_planned
    try:
        with transaction.atomic():
            public.save()
    except IntegrityError as error:
        raise DomainError(_("This campaign already has a public of this name."), field="name") from error
    details = {"public": name, "rule": public.rule}
    record(actor=actor, verb="passes.save_public", subject=campaign, now=now, details=details)
    return public


@transaction.atomic
def remove_public(*, public: CampaignPublic, actor: Any, now: datetime) -> None:
    """Take a public out, while nobody was handed a book for it and no funder asks for it."""
    used = HandOver.objects.filter(public=public).exists() or Funding.objects.filter(quota_public=public).exists()
    if used:
        raise DomainError(_("Books were handed over for this public, or a funder asks for it: it stays."))
    record(actor=actor, verb="passes.remove_public", subject=public.campaign, now=now, details={"public": public.name})
    public.delete()


@transaction.atomic
def save_territory(
    *, campaign: Campaign, zone: Zone, opens_on: date, ends_on: date | None, actor: Any, now: datetime
) -> CampaignTerritory:
    """Open a zone from a day on, or change its days."""
    if ends_on is not None and ends_on <= opens_on:
        raise DomainError(_("The end is before the beginning."), field="ends_on")
    made, _is_new = CampaignTerritory.objects.update_or_create(
        campaign=campaign, zone=zone, defaults={"opens_on": opens_on, "ends_on": ends_on}
    )
    details = {"zone": zone.name, "from": opens_on.isoformat(), "until": ends_on.isoformat() if ends_on else ""}
    record(actor=actor, verb="passes.save_territory", subject=campaign, now=now, details=details)
    return made


@transaction.atomic
def remove_territory(*, territory: CampaignTerritory, actor: Any, now: datetime) -> None:
    """Take a territory out of a campaign that has not opened; later, give it an end."""
    if territory.campaign.state != CampaignState.DRAFT:
        raise DomainError(_("The campaign has opened: give this territory an end instead."))
    record(
        actor=actor,
        verb="passes.remove_territory",
        subject=territory.campaign,
        now=now,
        details={"zone": str(territory)},
    )
    territory.delete()


@transaction.atomic
def new_plan(*, campaign: Campaign, starts_on: date, parts: Sequence[Part], actor: Any, now: datetime) -> FundingPlan:
    """Who pays from a day on. What was used before is paid as it was; what is not used is taken over on that day.

    DomainError when the parts are no plan, or when the day is past and money has moved.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _check_parts(campaign, parts)
    if campaign.postings.exists() and starts_on < paris(now).date():
        raise DomainError(_("Money has moved: a new plan starts today or later."), field="starts_on")
    if campaign.plans.filter(starts_on=starts_on).exists():
        raise DomainError(_("Another plan starts on this day."), field="starts_on")
    plan = FundingPlan.objects.create(campaign=campaign, starts_on=starts_on, created_by=actor, created_at=now)
    for position, part in enumerate(parts):
        said = {field.name: getattr(part, field.name) for field in fields(part)}
        Funding.objects.create(plan=plan, position=position, **said)
    open_plan(plan=plan)
    if starts_on <= paris(now).date():
        current_plan(campaign, now=now)
    details = {"starts_on": starts_on.isoformat(), "parts": [asdict(part.line) for part in parts]}
    record(actor=actor, verb="passes.open_plan", subject=campaign, now=now, details=details)
    return plan


def _check_parts(campaign: Campaign, parts: Sequence[Part]) -> None:
    if len({part.funder.pk for part in parts}) != len(parts):
        raise DomainError(_("Each funder stands once in a plan."))
    words = {
        "rest": _("One funder, and only one, takes the rest: leave its rate and its amount empty."),
        "both": _("Give a rate or an amount a pass, not both."),
        "ceiling of the rest": _("Who takes the rest has no ceiling: somebody must pay what is left."),
        "part": _("A rate is more than 0 and at most 100 %; an amount is at most the value of a pass."),
        "too much": _("Together, the parts are more than the whole."),
    }
    found = shares.problem([part.line for part in parts], face_value=campaign.face_value)
    if found is not None:
        raise DomainError(words[found])


def missing(campaign: Campaign) -> list[str]:
    """What must still be said before the campaign can open, in sentences; empty when nothing."""
    lacks = [
        (not campaign.publics.exists(), _("Say who the campaign is for.")),
        (
            not campaign.plans.filter(starts_on__lte=campaign.starts_on).exists(),
            _("Say who pays from the first day on."),
        ),
        (not campaign.regime_reference, _("Give the number of the order or of the agreement that allows it.")),
        (not campaign.help_phone, _("Give the telephone number printed on books.")),
    ]
    return [sentence for lack, sentence in lacks if lack]


@transaction.atomic
def move_campaign(*, campaign: Campaign, state: CampaignState, actor: Any, now: datetime) -> None:
    """Open, close, open again, or settle. DomainError when something is missing, or passes are still alive."""
    if state == CampaignState.OPEN and (lacks := missing(campaign)):
        raise DomainError(" ".join(lacks))
    alive = Pass.objects.filter(book__campaign=campaign, state__in=(PassState.HANDED, PassState.STOCK))
    if state == CampaignState.SETTLED and alive.exists():
        raise DomainError(
            _("Some passes can still be used, or are still in stock: let them expire or destroy them first.")
        )
    origins = [old for old, new in CAMPAIGN_MOVES.items() if state in new]
    if not Campaign.objects.filter(pk=campaign.pk, state__in=origins).update(state=state):
        raise DomainError(_("This campaign has moved on meanwhile. Look at it again."))
    record(actor=actor, verb="passes.move_campaign", subject=campaign, now=now, details={"state": state})
