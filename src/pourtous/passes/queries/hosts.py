"""Hosts as the team and they themselves read them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from pourtous.accounts.models import Organisation
from pourtous.agenda.enums import CourseState
from pourtous.agenda.models import Course
from pourtous.kernel.permissions import can
from pourtous.passes.enums import BankState, CampaignState, PriceState, QualificationState
from pourtous.passes.models import BankDetails, Campaign, CoursePrice, Qualification
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries.claims import own_hosts


def visible(user: Any) -> QuerySet[Qualification]:
    """All for those who steer, else those of the hosts one answers for."""
    found = Qualification.objects.select_related("campaign", "organisation", "charter_by", "decided_by")
    return found if can(user, MANAGE) else found.filter(organisation__in=own_hosts(user))


def listed(user: Any, campaign: Campaign) -> QuerySet[Qualification]:
    """Hosts of a campaign, with how many courses are accepted and wait."""
    found = visible(user).filter(campaign=campaign)
    return found.annotate(
        accepted=Count("prices", filter=Q(prices__state=PriceState.ACCEPTED)),
        waiting=Count("prices", filter=Q(prices__state=PriceState.ASKED)),
    ).order_by("organisation__name", "pk")


def counted(hosts: QuerySet[Qualification]) -> dict[str, int]:
    """Hosts in each state."""
    return {row["state"]: row["n"] for row in hosts.order_by().values("state").annotate(n=Count("pk", distinct=True))}


def accounts_waiting() -> QuerySet[BankDetails]:
    """Bank details that wait for a second person, the oldest first."""
    found = BankDetails.objects.filter(state=BankState.WAITING).select_related("organisation", "proposed_by")
    return found.order_by("proposed_at", "pk")


def may_ask(user: Any, campaign: Campaign) -> list[Organisation]:
    """Hosts one answers for that have not asked yet for this campaign."""
    if campaign.state != CampaignState.OPEN:
        return []
    asked = Qualification.objects.filter(campaign=campaign).values("organisation")
    return list(own_hosts(user).exclude(pk__in=asked))


def courses(organisation: Organisation) -> QuerySet[Course]:
    """Courses a host may ask passes for."""
    found = Course.objects.filter(unit__organisation=organisation).exclude(state=CourseState.CLOSED)
    return found.select_related("unit").order_by("title", "pk")


def prices(host: Qualification) -> QuerySet[CoursePrice]:
    """Its courses with their price in passes."""
    return CoursePrice.objects.filter(qualification=host).select_related("course__unit").order_by("course__title", "pk")


def accounts(organisation: Organisation) -> QuerySet[BankDetails]:
    """All bank details of a host, the latest first."""
    return BankDetails.objects.filter(organisation=organisation).select_related("proposed_by", "decided_by", "proof")


def account_state(organisation: Organisation) -> BankState | None:
    """Accepted when money can go to an account of the host, else waiting when one waits, else None."""
    states = set(BankDetails.objects.filter(organisation=organisation).values_list("state", flat=True))
    return next((state for state in (BankState.ACCEPTED, BankState.WAITING) if state in states), None)


def open_campaigns() -> QuerySet[Campaign]:
    """Campaigns hosts may ask for."""
    return Campaign.objects.filter(state=CampaignState.OPEN).order_by("-year", "name", "pk")


NEXT: dict[QualificationState, tuple[QualificationState, ...]] = {
    QualificationState.ASKED: (QualificationState.QUALIFIED, QualificationState.MORE, QualificationState.REFUSED),
    QualificationState.MORE: (QualificationState.REFUSED,),
    QualificationState.QUALIFIED: (QualificationState.SUSPENDED, QualificationState.ENDED),
    QualificationState.SUSPENDED: (QualificationState.QUALIFIED, QualificationState.ENDED),
    QualificationState.REFUSED: (),
    QualificationState.ENDED: (),
}
