"""Claims as hosts and the team read them: lists, lines, what comes next, who pays which part."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Organisation
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.passes.enums import Account, BankState, CampaignState, ClaimState, DisputeState, RedemptionState
from pourtous.passes.models import (
    BankDetails,
    Campaign,
    Claim,
    ClaimLine,
    ClaimRun,
    Dispute,
    Entry,
    PaymentBatch,
    Redemption,
)
from pourtous.passes.permissions import MANAGE
from pourtous.passes.rules.claim_steps import Facts
from pourtous.passes.rules.codes import serial

_LAST_PAID = 20


@dataclass(frozen=True)
class Line:
    """One pass of a claim. `used_at` counts for the money; `note` says when it was a double that the fund bears."""

    serial: str
    course: str
    where: str
    session_at: Any
    used_at: Any
    cents: int
    is_borne: bool


@dataclass(frozen=True)
class Coming:
    """What a host has earned since its last claim."""

    organisation: Organisation
    passes: int
    cents: int


def campaigns() -> QuerySet[Campaign]:
    """Those that may have claims, the latest first."""
    return Campaign.objects.exclude(state=CampaignState.DRAFT).order_by("-year", "name", "pk")


def own_hosts(user: Any) -> QuerySet[Organisation]:
    """Organisations for whose money this person answers."""
    managed = standing_of(user).held(role=Role.MANAGER)
    ids = {post.organisation_id for post in managed if Capability.HOST in post.capabilities}
    return Organisation.objects.filter(pk__in=ids)


def visible(user: Any) -> QuerySet[Claim]:
    """Claims this person may see: all for those who steer, else those of the hosts they answer for."""
    found = Claim.objects.select_related("campaign", "organisation", "certified_by", "bank_details", "batch")
    return found if can(user, MANAGE) else found.filter(organisation__in=own_hosts(user))


def months(claims: QuerySet[Claim]) -> list[date]:
    """Months there are claims of, the last first."""
    return list(claims.order_by("-month").values_list("month", flat=True).distinct())


def by_state(claims: QuerySet[Claim]) -> dict[str, tuple[int, int]]:
    """Claims and cents in each state."""
    rows = claims.order_by().values("state").annotate(n=Count("pk"), cents=Sum("value"))
    return {row["state"]: (row["n"], row["cents"]) for row in rows}


def without_account(claims: list[Claim]) -> set[UUID]:
    """Hosts of these claims that cannot be paid: no bank details accepted, or new ones waiting."""
    hosts = {claim.organisation_id for claim in claims}
    rows = BankDetails.objects.filter(organisation__in=hosts).values_list("organisation", "state")
    accepted = {host for host, state in rows if state == BankState.ACCEPTED}
    waiting = {host for host, state in rows if state == BankState.WAITING}
    return hosts - accepted | waiting


def facts(claim: Claim, user: Any) -> Facts:
    """What the next step hangs on."""
    states = set(BankDetails.objects.filter(organisation=claim.organisation_id).values_list("state", flat=True))
    return Facts(
        state=ClaimState(claim.state),
        is_certifier=claim.certified_by_id is not None and claim.certified_by_id == user.pk,
        has_account=BankState.ACCEPTED in states,
        has_waiting_account=BankState.WAITING in states,
        is_in_file=claim.batch_id is not None,
    )


def lines(claim: Claim) -> list[Line]:
    """Every pass of a claim, by session, then by serial. Three queries at most, however many."""
    rows = ClaimLine.objects.filter(claim=claim).select_related(
        "redemption__taken__book", "redemption__session__course", "redemption__session__place",
        "dispute__taken__book", "dispute__session__course", "dispute__session__place",
    )  # fmt: skip
    found = [_line(row, claim.campaign.year) for row in rows]
    return sorted(found, key=lambda one: (one.session_at, one.course, one.serial))


def _line(row: ClaimLine, year: int) -> Line:
    one: Any = row.redemption or row.dispute
    session = one.session
    return Line(
        serial=serial(year, one.taken.book.number, one.taken.position),
        course=session.course.title,
        where=session.place.name if session.place else session.where,
        session_at=session.starts_at,
        used_at=one.at,
        cents=row.value,
        is_borne=row.dispute_id is not None,
    )


def parts(claim: Claim) -> list[tuple[str, int]]:
    """What each funder pays of it, cents."""
    entries = Entry.objects.filter(posting__key__startswith=f"claim:{claim.pk}:", account=Account.CLAIMED)
    rows = entries.order_by().values("funding__funder__name").annotate(cents=Sum("cents"))
    return [(row["funding__funder__name"], row["cents"]) for row in rows.order_by("funding__funder__name")]


def coming(campaign: Campaign, hosts: QuerySet[Organisation]) -> list[Coming]:
    """What stands on no claim yet, host by host."""
    rows = (
        Redemption.objects.filter(
            campaign=campaign, organisation__in=hosts, state=RedemptionState.ACCEPTED, is_claimed=False
        )
        .order_by()
        .values("organisation")
        .annotate(n=Count("pk"), cents=Sum("value"))
    )
    found = {row["organisation"]: (row["n"], row["cents"]) for row in rows}
    return [Coming(host, *found[host.pk]) for host in hosts if host.pk in found]


def usual_delay(campaign: Campaign) -> int | None:
    """Days from claim to payment, the middle one of the last payments; None while nothing was paid."""
    paid = Claim.objects.filter(campaign=campaign, state=ClaimState.PAID).order_by("-settled_on")
    rows = paid.values_list("settled_on", "drawn_up_at")[:_LAST_PAID]
    days = [(settled - paris(drawn).date()) // timedelta(days=1) for settled, drawn in rows if settled]
    return round(median(days)) if days else None


def runs(campaign: Campaign) -> QuerySet[ClaimRun]:
    """When claims were drawn up, the last first."""
    return ClaimRun.objects.filter(campaign=campaign).select_related("by")


def open_disputes(campaign: Campaign) -> int:
    """How many passes that came twice wait for a decision."""
    return Dispute.objects.filter(campaign=campaign, state=DisputeState.OPEN).count()


def batches(campaign: Campaign) -> QuerySet[PaymentBatch]:
    """Payment files of a campaign with claims and cents; none left in one that was withdrawn."""
    found = PaymentBatch.objects.filter(campaign=campaign).select_related("made_by", "campaign")
    return found.annotate(size=Count("claims"), value=Sum("claims__value"))
