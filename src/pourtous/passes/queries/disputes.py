"""Passes that came twice, as those who decide and the hosts read them."""

from typing import Any

from django.db.models import QuerySet

from pourtous.kernel.permissions import can
from pourtous.passes.enums import DisputeState
from pourtous.passes.models import Campaign, Dispute
from pourtous.passes.permissions import MANAGE
from pourtous.passes.queries.claims import own_hosts


def visible(user: Any, campaign: Campaign) -> QuerySet[Dispute]:
    """All for those who steer, else those of the hosts one answers for. Open ones first, the oldest first."""
    found = Dispute.objects.filter(campaign=campaign).select_related(
        "organisation",
        "campaign",
        "taken__book__campaign",
        "session__course",
        "first_use__organisation",
        "first_use__session__course",
        "decided_by",
    )
    if not can(user, MANAGE):
        found = found.filter(organisation__in=own_hosts(user))
    return found.order_by("at", "pk")


def split(disputes: QuerySet[Dispute]) -> tuple[list[Dispute], list[Dispute]]:
    """Those to decide, and those decided."""
    rows = list(disputes[:500])
    is_open = [one for one in rows if one.state == DisputeState.OPEN]
    return is_open, [one for one in reversed(rows) if one.state != DisputeState.OPEN]


def borne_by_host(campaign: Campaign) -> dict[Any, int]:
    """Doubles the fund already bore, by host."""
    paid = Dispute.objects.filter(campaign=campaign, state=DisputeState.PAID).values_list("organisation", flat=True)
    found: dict[Any, int] = {}
    for host in paid:
        found[host] = found.get(host, 0) + 1
    return found
