"""The outbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop

from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.messaging.enums import MOVES, Channel, MessageState, Receipt
from pourtous.ui.format import phone

_SENT = Personal(
    purpose=gettext_noop("To send messages people expect, and to see that they left."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Thirty days after it was sent."),
    erasure=Erasure.EMPTIED,
)
_ENCLOSED = Personal(
    purpose=gettext_noop("To print what goes with a letter."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Thirty days after it was sent."),
    erasure=Erasure.ROW_DELETED,
)
_COUNTED = Personal(
    purpose=gettext_noop("To keep anybody from flooding a telephone, and the cost within bounds."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Two days."),
    erasure=Erasure.ROW_DELETED,
)
_PRINTED = Personal(
    purpose=gettext_noop("To know who printed the letters of a day."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("As long as the account."),
    erasure=Erasure.EMPTIED,
)


class LetterBatch(models.Model):
    """Letters printed together: one PDF. Open until a person says that they are on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(personal={"made_by": _PRINTED}, other="id made_at closed_at")

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Message(models.Model):
    """One message to one address. After thirty days its address and words are emptied; the row stays for counting."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    to = models.CharField(max_length=254, blank=True)  # address; E.164 number; lines of an envelope
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=60, blank=True)  # why it was sent: "accounts.invitation"
    key = models.CharField(max_length=120, blank=True, db_index=True)  # what it hangs on, to cancel it by
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)  # from then on it is no longer sent
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # sent, failed, cancelled or expired
    emptied_at = models.DateTimeField(null=True, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)  # parts of a text message; 0 for other channels
    receipt = models.CharField(max_length=12, choices=Receipt, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(LetterBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")

    privacy = Declared(
        personal={"to": _SENT, "subject": _SENT, "text": _SENT},
        other="id channel about key state attempts error queued_at next_attempt_at expires_at sending_since sent_at "
        "closed_at emptied_at segments receipt receipt_at batch",
    )

    class Meta:
        ordering = ("-queued_at", "-id")
        indexes = (models.Index(fields=("state", "next_attempt_at"), name="message_due"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(batch=None) | models.Q(channel=Channel.LETTER), name="only_letters_are_printed"
            ),
        )

    def __str__(self) -> str:
        return self.about or self.channel

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed and its words are still there."""
        return self.state == MessageState.FAILED and self.emptied_at is None

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it has not left, nor lies on a printer."""
        return MessageState.CANCELLED in MOVES[MessageState(self.state)]

    @property
    def lines(self) -> list[str]:
        """The lines of an envelope."""
        return self.to.split("\n")

    @property
    def town(self) -> str:
        """The last line of an envelope."""
        return self.lines[-1]

    @property
    def shown_to(self) -> str:
        """To whom, in one line: a number in pairs, a name and a town, an address."""
        if self.channel == Channel.SMS:
            return phone(self.to)
        return f"{self.lines[0]}, {self.town}" if self.channel == Channel.LETTER else self.to


class Enclosure(models.Model):
    """The document (PDF) that goes with a letter. It lives and dies with the letter's words."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="enclosure")
    content = models.BinaryField()
    pages = models.PositiveSmallIntegerField()

    privacy = Declared(personal={"content": _ENCLOSED}, other="message pages")

    def __str__(self) -> str:
        return f"{self.pages} p."


class SmsAllowance(models.Model):
    """How many parts of text messages were asked for in a day, in all (number "") and for one number."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()  # in Paris
    number = models.CharField(max_length=16, blank=True)
    used = models.PositiveIntegerField(default=0)

    privacy = Declared(personal={"number": _COUNTED}, other="id day used")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("day", "number"), name="one_allowance_a_day"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.used}"
