"""Passes used and not paid on a day: what a public body writes down at the end of its year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from pourtous.kernel.clock import PARIS
from pourtous.passes.enums import ClaimState, DisputeState, RedemptionState
from pourtous.passes.models import Campaign, Claim, ClaimLine, Dispute, Redemption
from pourtous.passes.rules.codes import serial


@dataclass(frozen=True)
class Unpaid:
    """One pass that is owed. `claim`: its number, None while it stands on none."""

    host: str
    siret: str
    serial: str
    used_at: Any
    cents: int
    claim: int | None
    state: str


def unpaid(campaign: Campaign, day: date) -> Iterator[Unpaid]:
    """Each pass used by the end of this day of Paris and not paid by then, by host, then by moment."""
    end = datetime.combine(day + timedelta(days=1), time(), PARIS).astimezone(UTC)
    used = Redemption.objects.filter(campaign=campaign, at__lt=end)
    used = used.filter(Q(state=RedemptionState.ACCEPTED) | Q(undone_at__gte=end))
    borne = Dispute.objects.filter(campaign=campaign, state=DisputeState.PAID, decided_at__lt=end)
    claims = _claims(campaign)
    rows = [*_open(used, claims, "redemption", day), *_open(borne, claims, "dispute", day)]
    for one, line in sorted(rows, key=lambda row: (row[0].organisation.name, row[0].at, str(row[0].pk))):
        yield Unpaid(
            host=one.organisation.name,
            siret=one.organisation.siret,
            serial=serial(campaign.year, one.taken.book.number, one.taken.position),
            used_at=one.at,
            cents=one.value,
            claim=line.claim.number if line else None,
            state=str(line.claim.get_state_display()) if line else "",
        )


def by_host(rows: Any) -> list[tuple[str, int, int]]:
    """Host, passes, cents."""
    found: dict[str, tuple[int, int]] = {}
    for one in rows:
        passes, cents = found.get(one.host, (0, 0))
        found[one.host] = (passes + 1, cents + one.cents)
    return [(host, *counted) for host, counted in found.items()]


def _claims(campaign: Campaign) -> dict[tuple[str, Any], ClaimLine]:
    """The live line of each pass claimed."""
    lines = ClaimLine.objects.filter(claim__campaign=campaign, is_live=True).select_related("claim")
    return {
        (kind, key): line
        for line in lines
        for kind, key in (("redemption", line.redemption_id), ("dispute", line.dispute_id))
        if key is not None
    }


def _open(
    rows: QuerySet[Any], claims: dict[tuple[str, Any], ClaimLine], kind: str, day: date
) -> Iterator[tuple[Any, ClaimLine | None]]:
    for one in rows.select_related("organisation", "taken__book"):
        line = claims.get((kind, one.pk))
        if line is None or not _is_paid(line.claim, day):
            yield one, line


def _is_paid(claim: Claim, day: date) -> bool:
    return claim.state == ClaimState.PAID and claim.settled_on is not None and claim.settled_on <= day
