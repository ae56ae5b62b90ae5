"""Channels and states of a message, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a message travels."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    LETTER = "letter", _("Letter")


class MessageState(TextChoices):
    """Where a message is."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# From each state, those one may move to.
MOVES: dict[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.CANCELLED}),
    MessageState.SENDING: frozenset({MessageState.SENT, MessageState.QUEUED, MessageState.FAILED}),
    MessageState.FAILED: frozenset({MessageState.QUEUED, MessageState.CANCELLED}),
    MessageState.SENT: frozenset(),
    MessageState.CANCELLED: frozenset(),
}
