"""What operators say of text messages that left."""

from datetime import datetime
from uuid import UUID

from pourtous.messaging.enums import Channel, MessageState, Receipt
from pourtous.messaging.models import Message
from pourtous.messaging.rules.receipts import DELIVERED, UNDELIVERED


def take_receipt(identity: UUID, *, status: str, now: datetime) -> bool:
    """Write down what became of a text message. Returns whether anything changed.

    Words that are neither ("accepted", "sent"…) and messages that never left change nothing; a message delivered
    stays so, whatever comes after, in whatever order receipts arrive.
    """
    word = status.strip().lower()
    left = Message.objects.filter(
        id=identity, channel=Channel.SMS, state__in=(MessageState.SENDING, MessageState.SENT)
    ).exclude(receipt=Receipt.DELIVERED)
    if word in DELIVERED:
        return left.update(receipt=Receipt.DELIVERED, receipt_at=now) == 1
    if word in UNDELIVERED:
        return left.filter(receipt="").update(receipt=Receipt.UNDELIVERED, receipt_at=now) == 1
    return False
