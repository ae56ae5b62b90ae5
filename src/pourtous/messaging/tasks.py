"""Delivery and retention."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pourtous.messaging import operations
from pourtous.messaging.operations import allowance
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import every


@every(minutes=1)
def deliver(now: datetime) -> None:
    """What is due, what was left half-way included."""
    operations.sweep(now=now)
    operations.deliver_due(now=now)


@retention("messaging.words", _("Addresses and words of messages, thirty days after they left"))
def old_words(now: datetime, *, dry_run: bool) -> int:
    """The rows stay, for counting."""
    return operations.empty_old(now=now, dry_run=dry_run)


@retention("messaging.allowances", _("Counts of text messages by number, after two days"))
def old_counts(now: datetime, *, dry_run: bool) -> int:
    """The numbers go with them."""
    return allowance.forget(now=now, dry_run=dry_run)
