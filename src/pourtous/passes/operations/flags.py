"""The fraud and error desk: what looks wrong is flagged once, and closed by somebody who says why."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import CampaignState, FlagState
from pourtous.passes.models import Campaign, Flag
from pourtous.passes.queries.suspects import Suspect, suspects

MOST_REASON = 300
_RUNS = (CampaignState.OPEN, CampaignState.CLOSED)


def raise_flags(*, now: datetime) -> int:
    """Flag what running campaigns hold. Again: nothing, unless a closed one has new facts. Returns how many."""
    found = [(campaign, one) for campaign in Campaign.objects.filter(state__in=_RUNS) for one in suspects(campaign)]
    return sum(_raise(campaign, one, now) for campaign, one in found)


@transaction.atomic
def _raise(campaign: Campaign, one: Suspect, now: datetime) -> bool:
    flag, is_new = Flag.objects.get_or_create(
        campaign=campaign,
        pattern=one.pattern,
        key=one.key,
        defaults={"organisation_id": one.organisation_id, "facts": one.facts, "found_at": now},
    )
    if is_new or flag.facts == one.facts:
        return is_new
    again: dict[str, Any] = {"facts": one.facts}
    if flag.state == FlagState.CLOSED:
        again |= {"state": FlagState.OPEN, "found_at": now}
    return bool(Flag.objects.filter(pk=flag.pk).update(**again)) and "state" in again


@transaction.atomic
def close_flag(*, flag: Flag, reason: str, actor: Any, now: datetime) -> None:
    """Somebody looked, and says what it was. DomainError without reason, or when it is closed already."""
    reason = " ".join(reason.split())[:MOST_REASON]
    if not reason:
        raise DomainError(_("Write what it was."), field="reason")
    is_open = Flag.objects.filter(pk=flag.pk, state=FlagState.OPEN)
    if not is_open.update(state=FlagState.CLOSED, closed_by=actor, closed_at=now, reason=reason):
        raise DomainError(_("Somebody has closed this flag meanwhile."))
    record(actor=actor, verb="passes.close_flag", subject=flag, now=now, details={"pattern": flag.pattern})
