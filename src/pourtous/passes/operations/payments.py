"""Payment files: liquidated claims sent to the finance software together. A claim is in one file at most."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import ClaimState
from pourtous.passes.models import Campaign, Claim, PaymentBatch


@transaction.atomic
def make_payment_batch(*, campaign: Campaign, claims: Sequence[UUID], actor: Any, now: datetime) -> PaymentBatch:
    """A file of these liquidated claims. All of them or nothing: DomainError when one moved on or is in a file."""
    if not claims:
        raise DomainError(_("Tick at least one claim."))
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = PaymentBatch.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    made = PaymentBatch.objects.create(campaign=campaign, number=last + 1, made_by=actor, made_at=now)
    free = Claim.objects.filter(campaign=campaign, pk__in=claims, state=ClaimState.LIQUIDATED, batch=None)
    if free.update(batch=made) != len(set(claims)):
        raise DomainError(_("One of these claims has moved on, or is in another payment file. Look at the list again."))
    numbers = list(Claim.objects.filter(batch=made).order_by("number").values_list("number", flat=True))
    record(actor=actor, verb="passes.make_payment_batch", subject=made, now=now, details={"claims": numbers})
    return made


@transaction.atomic
def withdraw_payment_batch(*, batch: PaymentBatch, actor: Any, now: datetime) -> None:
    """Take back a file that will not be paid. Refused once a payment of it is ordered; its number stays used."""
    Campaign.objects.select_for_update().get(pk=batch.campaign_id)
    claims = Claim.objects.filter(batch=batch)
    if claims.exclude(state=ClaimState.LIQUIDATED).exists():
        raise DomainError(_("A payment of this file is already ordered: it cannot be withdrawn."))
    if not claims.update(batch=None):
        raise DomainError(_("This file is already withdrawn."))
    record(actor=actor, verb="passes.withdraw_payment_batch", subject=batch, now=now)


def take_payment_file(
    *, batch: PaymentBatch, write: Callable[[PaymentBatch], bytes], actor: Any, now: datetime
) -> bytes:
    """The file as `write` makes it. It holds account numbers in clear: that it was taken stays in the journal."""
    if not Claim.objects.filter(batch=batch).exists():
        raise DomainError(_("This file is withdrawn: nothing is in it."))
    content = write(batch)
    record(actor=actor, verb="passes.take_payment_file", subject=batch, now=now)
    return content
