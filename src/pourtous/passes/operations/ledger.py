"""The only writer of the ledger. A posting is written once a key; its entries sum to zero, for each funder too."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import uuid7
from pourtous.passes.enums import Account, PostingKind
from pourtous.passes.models import Balance, Campaign, Entry, Funding, FundingPlan, Posting
from pourtous.passes.rules.levels import Change, changes, is_allowed

_UNUSED = (Account.COMMITTED, Account.STOCK)


def plan_on(campaign: Campaign, day: date) -> FundingPlan:
    """The plan in force on a day. DomainError when the campaign has none yet."""
    plan = FundingPlan.objects.filter(campaign=campaign, starts_on__lte=day).order_by("-starts_on").first()
    if plan is None:
        raise DomainError(_("This campaign has no funding on this day."))
    return plan


@transaction.atomic
def current_plan(campaign: Campaign, *, now: datetime) -> FundingPlan:
    """The plan in force at a moment, with all that is not used: what a plan before it still held is taken over."""
    plan = plan_on(campaign, paris(now).date())
    held = Balance.objects.filter(plan__campaign=campaign, account__in=_UNUSED).exclude(plan=plan).exclude(cents=0)
    for old in FundingPlan.objects.filter(pk__in=held.values("plan")).order_by("starts_on"):
        take_over(old=old, new=plan, now=now)
    return plan


@transaction.atomic
def post(
    *,
    plan: FundingPlan,
    kind: PostingKind,
    key: str,
    value: int,
    source: Account,
    target: Account,
    now: datetime,
    by: Any = None,
) -> Posting:
    """Move `value` cents between two accounts of a plan, shared between its funders.

    Inside the caller's transaction. IntegrityError when `key` was posted before: nothing is ever counted twice.
    """
    if not is_allowed(kind, source, target):
        msg = f"{kind} does not go from {source} to {target}"
        raise ValueError(msg)
    return _write(plan, kind, key, value, source, target, now, by)


def _write(
    plan: FundingPlan, kind: PostingKind, key: str, value: int, source: Account, target: Account, now: datetime, by: Any
) -> Posting:
    campaign = plan.campaign
    posting = Posting(
        campaign=campaign,
        kind=kind,
        key=key,
        source=source,
        target=target,
        value=value,
        on=paris(now).date(),
        at=now,
        by=by if by is not None and by.pk is not None else None,
    )
    balances = _locked(plan)
    fundings = sorted({row.funding for row in balances}, key=lambda funding: funding.position)
    moved = changes(
        _totals(balances),
        source=source,
        target=target,
        value=value,
        lines=[funding.line for funding in fundings],
        face_value=campaign.face_value,
    )
    posting.save(force_insert=True)
    _enter(posting, fundings, moved)
    return posting


def _locked(plan: FundingPlan) -> list[Balance]:
    """The balances of a plan, locked until the end of the transaction; always in the same order."""
    rows = Balance.objects.select_for_update(of=("self",)).select_related("funding").filter(plan=plan).order_by("id")
    return list(rows)


def _totals(balances: Sequence[Balance]) -> dict[Account, int]:
    totals: dict[Account, int] = {}
    for row in balances:
        totals[Account(row.account)] = totals.get(Account(row.account), 0) + row.cents
    return totals


def _enter(posting: Posting, fundings: Sequence[Funding], moved: Change) -> None:
    Entry.objects.bulk_create(
        Entry(posting=posting, funding=fundings[number], account=account, cents=cents)
        for (account, number), cents in moved.items()
    )
    for (account, number), cents in moved.items():
        Balance.objects.filter(funding=fundings[number], account=account).update(cents=F("cents") + cents)


@transaction.atomic
def open_plan(*, plan: FundingPlan) -> None:
    """Give a plan its accounts, all at zero. Once a plan."""
    Balance.objects.bulk_create(
        Balance(plan=plan, funding=funding, account=account)
        for funding in plan.fundings.all()
        for account in Account.values
    )


@transaction.atomic
def take_over(*, old: FundingPlan, new: FundingPlan, now: datetime, by: Any = None) -> list[Posting]:
    """What is not used goes from a plan to the one that takes over; what was used stays with the plan of its day.

    Repeating it does nothing. Returns the postings.
    """
    postings = []
    for account in _UNUSED:
        value = sum(row.cents for row in _locked(old) if row.account == account)
        if value == 0:
            continue
        name = uuid7()
        for plan, side, source, target in ((old, "out", account, Account.FUND), (new, "in", Account.FUND, account)):
            postings.append(
                _write(plan, PostingKind.TAKE_OVER, f"take_over:{name}:{side}", value, source, target, now, by)
            )
    return postings
