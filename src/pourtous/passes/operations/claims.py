"""What hosts are owed: drawn up each month, certified, liquidated, ordered, paid or rejected. The platform pays nobody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.clock import PARIS
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import (
    CLAIM_MOVES,
    Account,
    BankState,
    ClaimState,
    DisputeState,
    PostingKind,
    RedemptionState,
)
from pourtous.passes.models import BankDetails, Campaign, Claim, ClaimLine, ClaimRun, Dispute, FundingPlan, Redemption
from pourtous.passes.operations.ledger import post

_BATCH = 2000


@transaction.atomic
def draw_up(*, campaign: Campaign, month: date, actor: Any, now: datetime) -> list[Claim]:
    """A claim a host for all that was used before the end of a month and stands on no claim. Again: only what is new.

    `month`: its first day. One transaction: killed half-way, nothing is drawn up. Returns the new claims.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    end = datetime.combine(_next_month(month), time(), PARIS).astimezone(UTC)
    if end > now:
        raise DomainError(_("This month is not over."))
    number = Claim.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    claims, lines, used, borne = [], [], _to_claim(campaign, end), _borne(campaign, end)
    for organisation in sorted(used.keys() | borne.keys()):
        number += 1
        rows: list[Redemption | Dispute] = [*used[organisation], *borne[organisation]]
        claim = Claim(
            campaign=campaign,
            organisation_id=organisation,
            number=number,
            month=month,
            passes=len(rows),
            value=sum(row.value for row in rows),
            drawn_up_at=now,
        )
        claims.append(claim)
        lines += [_line(claim, row) for row in rows]
    Claim.objects.bulk_create(claims)
    ClaimLine.objects.bulk_create(lines, batch_size=_BATCH)
    _mark(Redemption, [line.redemption_id for line in lines], claimed=True)
    _mark(Dispute, [line.dispute_id for line in lines], claimed=True)
    for claim in claims:
        _post(claim, PostingKind.CLAIM, Account.REDEEMED, Account.CLAIMED, actor, now)
    total = sum(claim.value for claim in claims)
    ClaimRun.objects.create(
        campaign=campaign,
        month=month,
        claims=len(claims),
        value=total,
        by=actor if actor is not None and actor.pk is not None else None,
        at=now,
    )
    details = {"month": month.isoformat(), "claims": len(claims), "cents": total}
    record(actor=actor, verb="passes.draw_up_claims", subject=campaign, now=now, details=details)
    return claims


def _next_month(month: date) -> date:
    if month.day != 1:
        msg = f"{month} is not the first day of a month"
        raise ValueError(msg)
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _to_claim(campaign: Campaign, end: datetime) -> dict[UUID, list[Redemption]]:
    rows = Redemption.objects.filter(
        campaign=campaign, state=RedemptionState.ACCEPTED, is_claimed=False, at__lt=end
    ).select_for_update(of=("self",))
    return _by_host(rows.only("organisation_id", "value", "plan_id", "at").order_by("at", "pk"))


def _borne(campaign: Campaign, end: datetime) -> dict[UUID, list[Dispute]]:
    rows = Dispute.objects.filter(campaign=campaign, state=DisputeState.PAID, is_claimed=False, decided_at__lt=end)
    return _by_host(rows.select_for_update(of=("self",)).order_by("at", "pk"))


def _by_host(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return found


def _line(claim: Claim, row: Redemption | Dispute) -> ClaimLine:
    if isinstance(row, Redemption):
        return ClaimLine(claim=claim, redemption=row, value=row.value)
    return ClaimLine(claim=claim, dispute=row, value=row.value)


def _mark(model: type[Redemption] | type[Dispute], ids: Iterable[UUID | None], *, claimed: bool) -> None:
    wanted = [one for one in ids if one is not None]
    for start in range(0, len(wanted), _BATCH):
        model._default_manager.filter(pk__in=wanted[start : start + _BATCH]).update(is_claimed=claimed)  # noqa: SLF001


def _post(claim: Claim, kind: PostingKind, source: Account, target: Account, actor: Any, now: datetime) -> None:
    """One posting a plan: what was used under a plan is paid under it."""
    lines = ClaimLine.objects.filter(claim=claim, is_live=True)
    by_plan: dict[UUID, int] = {}
    for way in ("redemption__plan", "dispute__plan"):
        for row in lines.exclude(**{way: None}).order_by().values(way).annotate(cents=Sum("value")):
            by_plan[row[way]] = by_plan.get(row[way], 0) + row["cents"]
    plans = FundingPlan.objects.select_related("campaign").in_bulk(by_plan)
    for plan_id in sorted(by_plan):
        post(
            plan=plans[plan_id],
            kind=kind,
            key=f"{kind}:{claim.pk}:{plan_id.hex[-12:]}",
            value=by_plan[plan_id],
            source=source,
            target=target,
            now=now,
            by=actor,
        )


def _move(claim: Claim, state: ClaimState, **columns: Any) -> None:
    origins = [old for old, new in CLAIM_MOVES.items() if state in new]
    if not Claim.objects.filter(pk=claim.pk, state__in=origins).update(state=state, **columns):
        raise DomainError(_("This claim has moved on meanwhile. Look at it again."))
    claim.refresh_from_db()


@transaction.atomic
def certify(*, claim: Claim, actor: Any, now: datetime) -> None:
    """The service was done: the sessions took place, the passes are those of the list."""
    _move(claim, ClaimState.CERTIFIED, certified_by=actor, certified_at=now)
    record(actor=actor, verb="passes.certify_claim", subject=claim, now=now)


@transaction.atomic
def liquidate(*, claim: Claim, actor: Any, now: datetime) -> None:
    """The amount is settled, and where it goes: to bank details a second person accepted."""
    details = BankDetails.objects.filter(organisation=claim.organisation, state=BankState.ACCEPTED).first()
    if details is None:
        raise DomainError(_("This host has no accepted bank details."))
    if BankDetails.objects.filter(organisation=claim.organisation, state=BankState.WAITING).exists():
        raise DomainError(_("New bank details of this host wait for a second person. Decide about them first."))
    _move(claim, ClaimState.LIQUIDATED, liquidated_by=actor, liquidated_at=now, bank_details=details)
    record(actor=actor, verb="passes.liquidate_claim", subject=claim, now=now)


@transaction.atomic
def send_back(*, claim: Claim, actor: Any, now: datetime) -> None:
    """A step back, before the payment is ordered; never while it stands in a file sent to the finance software."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.batch_id is not None:
        raise DomainError(_("This claim is in a payment file. Withdraw the file first."))
    state = ClaimState.DRAWN_UP if claim.state == ClaimState.CERTIFIED else ClaimState.CERTIFIED
    cleared: dict[str, Any] = {"liquidated_by": None, "liquidated_at": None, "bank_details": None}
    if state == ClaimState.DRAWN_UP:
        cleared = {"certified_by": None, "certified_at": None}
    if claim.state not in {ClaimState.CERTIFIED, ClaimState.LIQUIDATED}:
        raise DomainError(_("This claim has moved on meanwhile. Look at it again."))
    _move(claim, state, **cleared)
    record(actor=actor, verb="passes.send_back_claim", subject=claim, now=now)


@transaction.atomic
def order(*, claim: Claim, number: str, actor: Any, now: datetime) -> None:
    """The payment is ordered under a number (mandat), by somebody who did not certify the service."""
    number = " ".join(number.split())
    if not 0 < len(number) <= 40:  # noqa: PLR2004 (the column)
        raise DomainError(_("Write the number of the payment order."), field="number")
    if claim.certified_by_id is not None and claim.certified_by_id == actor.pk:
        raise DomainError(_("Who certified the service does not order its payment: a second person must."))
    try:
        with transaction.atomic():
            _move(claim, ClaimState.ORDERED, ordered_by=actor, ordered_at=now, order_number=number)
    except IntegrityError as error:
        raise DomainError(_("Who certified the service does not order its payment: a second person must.")) from error
    record(actor=actor, verb="passes.order_claim", subject=claim, now=now, details={"number": number})


@transaction.atomic
def pay(*, claim: Claim, on: date, actor: Any, now: datetime) -> None:
    """The paymaster paid, on a day."""
    _check_day(claim, on, now)
    _move(claim, ClaimState.PAID, settled_on=on)
    _post(claim, PostingKind.PAY, Account.CLAIMED, Account.PAID, actor, now)
    record(actor=actor, verb="passes.pay_claim", subject=claim, now=now)


@transaction.atomic
def reject(*, claim: Claim, on: date, reason: str, actor: Any, now: datetime) -> None:
    """The paymaster sent the payment back: its passes can be claimed again, on the next claim."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise DomainError(_("Write why the payment was rejected."), field="reason")
    _check_day(claim, on, now)
    _move(claim, ClaimState.REJECTED, settled_on=on, rejection=reason)
    _post(claim, PostingKind.REJECT, Account.CLAIMED, Account.REDEEMED, actor, now)
    lines = ClaimLine.objects.filter(claim=claim, is_live=True)
    rows = list(lines.values_list("redemption_id", "dispute_id"))
    lines.update(is_live=False)
    _mark(Redemption, [row[0] for row in rows], claimed=False)
    _mark(Dispute, [row[1] for row in rows], claimed=False)
    record(actor=actor, verb="passes.reject_claim", subject=claim, now=now, details={"reason": reason})


def _check_day(claim: Claim, on: date, now: datetime) -> None:
    first = claim.ordered_at.astimezone(PARIS).date() if claim.ordered_at else on
    if not first <= on <= now.astimezone(PARIS).date():
        raise DomainError(_("This day is before the payment was ordered, or still to come."), field="on")
