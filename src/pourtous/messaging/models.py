"""The outbox."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.messaging.enums import MOVES, Channel, MessageState

_SENT = Personal(
    purpose=gettext_noop("To send messages people expect, and to see that they left."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Thirty days after it was sent."),
    erasure=Erasure.EMPTIED,
)


class Message(models.Model):
    """One message to one address. After thirty days its address and words are emptied; the row stays for counting."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=60, blank=True)  # why it was sent: "accounts.invitation"
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # sent, failed or cancelled
    emptied_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"to": _SENT, "subject": _SENT, "text": _SENT},
        other="id channel about state attempts error queued_at next_attempt_at sending_since sent_at closed_at "
        "emptied_at",
    )

    class Meta:
        ordering = ("-queued_at", "-id")
        indexes = (models.Index(fields=("state", "next_attempt_at"), name="message_due"),)

    def __str__(self) -> str:
        return self.about or self.channel

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed and its words are still there."""
        return self.state == MessageState.FAILED and self.emptied_at is None

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it has not left."""
        return MessageState.CANCELLED in MOVES[MessageState(self.state)]
