"""A pass that came twice, late: somebody decides, by the campaign's policy. Never silently lost, never forced."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Account, DisputeState, PostingKind
from pourtous.passes.models import Campaign, Dispute
from pourtous.passes.operations.ledger import current_plan, post


def borne(campaign: Campaign, dispute: Dispute) -> int:
    """How many doubles the fund has already borne for this host in the campaign."""
    paid = Dispute.objects.filter(campaign=campaign, organisation=dispute.organisation_id, state=DisputeState.PAID)
    return paid.exclude(pk=dispute.pk).count()


@transaction.atomic
def decide(*, dispute: Dispute, is_paid: bool, reason: str, actor: Any, now: datetime) -> None:
    """Pay the host all the same, at the fund's expense and within the policy, or not. DomainError beyond the policy."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise DomainError(_("Write why."), field="reason")
    campaign = Campaign.objects.select_for_update().get(pk=dispute.campaign_id)
    if is_paid and borne(campaign, dispute) >= campaign.late_stubs_borne:
        raise DomainError(
            _("The fund bears no more doubles of this host: %(most)s.") % {"most": campaign.late_stubs_borne}
        )
    plan = current_plan(campaign, now=now) if is_paid else None
    changed = Dispute.objects.filter(pk=dispute.pk, state=DisputeState.OPEN).update(
        state=DisputeState.PAID if is_paid else DisputeState.REFUSED,
        plan=plan,
        decided_by=actor,
        decided_at=now,
        reason=reason,
    )
    if not changed:
        raise DomainError(_("Somebody has already decided about this pass."))
    if plan is not None:
        post(
            plan=plan,
            kind=PostingKind.BEAR,
            key=f"bear:{dispute.pk}",
            value=dispute.value,
            source=Account.FUND,
            target=Account.REDEEMED,
            now=now,
            by=actor,
        )
    record(
        actor=actor,
        verb="passes.decide_dispute",
        subject=dispute,
        now=now,
        details={"on": paris(now).date().isoformat()},
    )
