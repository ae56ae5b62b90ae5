"""Putting messages in the outbox, getting them out, and what becomes of them."""

from pourtous.messaging.operations.delivery import (
    cancel,
    deliver,
    deliver_due,
    deliver_one,
    empty_old,
    expire_due,
    retry,
    sweep,
)
from pourtous.messaging.operations.outbox import cancel_queued, send_email, send_letter, send_sms
from pourtous.messaging.operations.receipts import take_receipt

__all__ = [
    "cancel",
    "cancel_queued",
    "deliver",
    "deliver_due",
    "deliver_one",
    "empty_old",
    "expire_due",
    "retry",
    "send_email",
    "send_letter",
    "send_sms",
    "sweep",
    "take_receipt",
]
