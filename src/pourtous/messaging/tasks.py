"""Delivery and retention."""

from datetime import datetime

from pourtous.messaging import operations
from pourtous.runtime.schedule import daily, every


@every(minutes=1)
def deliver(now: datetime) -> None:
    """What is due, what was left half-way included."""
    operations.sweep(now=now)
    operations.deliver_due(now=now)


@daily(hour=3)
def empty_old(now: datetime) -> None:
    """Addresses and words of old messages."""
    operations.empty_old(now=now)
