"""What `pourtous verify` proves of the money: states, ledger and claims tell one story, to the cent."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from pourtous.passes.enums import Account, ClaimState, DisputeState, PassState, PostingKind, RedemptionState
from pourtous.passes.models import (
    Balance,
    Campaign,
    Claim,
    ClaimLine,
    Dispute,
    Entry,
    FundingPlan,
    Pass,
    Posting,
    Redemption,
)
from pourtous.passes.rules.levels import LAYERS, parts

_STATE_OF = {
    Account.STOCK: PassState.STOCK,
    Account.COMMITTED: PassState.HANDED,
    Account.EXPIRED: PassState.EXPIRED,
}


def faults() -> Iterator[str]:
    """A sentence for each thing that does not balance."""
    yield from _postings()
    yield from _balances()
    for plan in FundingPlan.objects.select_related("campaign"):
        yield from _layers(plan)
    for campaign in Campaign.objects.all():
        yield from _states(campaign)
    yield from _redemptions()
    yield from _claims()


def _postings() -> Iterator[str]:
    for row in Entry.objects.values("posting").annotate(cents=Sum("cents")).exclude(cents=0).order_by():
        yield f"posting {row['posting']}: its entries sum to {row['cents']} cents"
    empty = Posting.objects.annotate(size=Count("entries")).filter(size=0)
    for posting in empty:
        yield f"posting {posting.key}: it has no entries"
    by_funder = Entry.objects.values("posting", "funding").annotate(cents=Sum("cents")).exclude(cents=0).order_by()
    for row in by_funder:
        yield f"posting {row['posting']}: funder {row['funding']} has {row['cents']} cents too many"


def _balances() -> Iterator[str]:
    entered = {
        (row["funding"], row["account"]): row["cents"]
        for row in Entry.objects.values("funding", "account").annotate(cents=Sum("cents")).order_by()
    }
    for row in Balance.objects.all():
        cents = entered.pop((row.funding_id, row.account), 0)
        if cents != row.cents:
            yield f"account {row.account} of {row.funding_id}: {row.cents} cents stand, {cents} were entered"
    yield from (f"account {account} of {funding}: entered, never opened" for funding, account in entered)


def _layers(plan: FundingPlan) -> Iterator[str]:
    """Each funder has exactly the part that the accounts give it."""
    rows = list(plan.balances.select_related("funding").order_by("funding__position"))
    fundings = sorted({row.funding for row in rows}, key=lambda one: one.position)
    held = {(row.account, row.funding_id): row.cents for row in rows}
    totals = {account: sum(held.get((account, one.pk), 0) for one in fundings) for account in LAYERS}
    due = parts(totals, [one.line for one in fundings], face_value=plan.campaign.face_value) if fundings else {}
    for account, cents in due.items():
        for one, part in zip(fundings, cents, strict=True):
            if held.get((account, one.pk), 0) != part:
                yield f"{plan}: {one} has {held.get((account, one.pk), 0)} cents in {account}, its part is {part}"


def _states(campaign: Campaign) -> Iterator[str]:
    """Every cent issued is in exactly one state."""
    totals = _totals(campaign)
    worth = {
        row["state"]: row["cents"]
        for row in Pass.objects.filter(book__campaign=campaign).values("state").annotate(cents=Sum("value")).order_by()
    }
    for account, state in _STATE_OF.items():
        if totals.get(account, 0) != worth.get(state, 0):
            yield f"{campaign}: {totals.get(account, 0)} cents {account}, passes {state} are worth {worth.get(state, 0)}"
    borne = (
        Dispute.objects.filter(campaign=campaign, state=DisputeState.PAID).aggregate(cents=Sum("value"))["cents"] or 0
    )
    used = sum(totals.get(account, 0) for account in (Account.REDEEMED, Account.CLAIMED, Account.PAID))
    if used != worth.get(PassState.REDEEMED, 0) + borne:
        yield f"{campaign}: {used} cents used, passes used are worth {worth.get(PassState.REDEEMED, 0)}, {borne} borne"
    issued = (
        Posting.objects.filter(campaign=campaign, kind=PostingKind.ISSUE).aggregate(cents=Sum("value"))["cents"] or 0
    )
    if -totals.get(Account.FUND, 0) != issued + borne:
        yield f"{campaign}: {-totals.get(Account.FUND, 0)} cents left the funds, {issued} were issued, {borne} borne"


def _totals(campaign: Campaign) -> dict[str, int]:
    rows = Balance.objects.filter(plan__campaign=campaign).values("account").annotate(sum=Sum("cents")).order_by()
    return {row["account"]: row["sum"] for row in rows}


def _redemptions() -> Iterator[str]:
    live = Q(redemptions__state=RedemptionState.ACCEPTED)
    used = Pass.objects.filter(state=PassState.REDEEMED).annotate(uses=Count("redemptions", filter=live))
    yield from (f"pass {one.pk}: used {one.uses} times" for one in used.exclude(uses=1))
    loose = Redemption.objects.filter(state=RedemptionState.ACCEPTED).exclude(taken__state=PassState.REDEEMED)
    yield from (f"redemption {one.pk}: its pass is {one.taken.state}" for one in loose.select_related("taken"))
    lines = Count("lines", filter=Q(lines__is_live=True))
    claimed = Redemption.objects.annotate(live=lines).exclude(Q(is_claimed=True, live=1) | Q(is_claimed=False, live=0))
    yield from (f"redemption {one.pk}: it stands on {one.live} claims" for one in claimed)


def _claims() -> Iterator[str]:
    live = ~Q(state=ClaimState.REJECTED)
    counted = Claim.objects.annotate(count=Count("lines"), cents=Sum("lines__value"))
    for claim in counted.exclude(count=F("passes"), cents=F("value")):
        yield f"claim {claim.number}: {claim.value} cents for {claim.passes} passes, its lines say {claim.cents}"
    wrong = ClaimLine.objects.exclude(Q(is_live=True) & Q(claim__in=Claim.objects.filter(live))).exclude(
        is_live=False, claim__state=ClaimState.REJECTED
    )
    yield from (
        f"line {one.pk}: live {one.is_live} on a claim that is {one.claim.state}"
        for one in wrong.select_related("claim")
    )
    for account, states in (
        (Account.CLAIMED, (ClaimState.DRAWN_UP, ClaimState.CERTIFIED, ClaimState.LIQUIDATED, ClaimState.ORDERED)),
        (Account.PAID, (ClaimState.PAID,)),
    ):
        for campaign in Campaign.objects.all():
            owed = Claim.objects.filter(campaign=campaign, state__in=states).aggregate(cents=Sum("value"))["cents"] or 0
            stands = _totals(campaign).get(account, 0)
            if owed != stands:
                yield f"{campaign}: {stands} cents {account}, claims say {owed}"
