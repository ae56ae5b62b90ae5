"""Letters: printed together in a batch, which a person closes once they are on paper.

A letter is in one batch at most, by guarded UPDATEs: what one prints nobody else does, until somebody says so.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import LetterBatch, Message
from pourtous.messaging.queries import waiting_letters

MOST_LETTERS = 100  # in one PDF


def make_batch(*, actor: Any, now: datetime) -> LetterBatch:
    """Take the letters that wait, oldest first, to print them. DomainError when none waits."""
    with transaction.atomic():
        batch = LetterBatch.objects.create(made_at=now, made_by=actor)
        oldest = list(waiting_letters(now).values_list("id", flat=True)[:MOST_LETTERS])
        taken = Message.objects.filter(id__in=oldest, state=MessageState.QUEUED).update(
            state=MessageState.SENDING, batch=batch, sending_since=now
        )
        if not taken:
            raise DomainError(_("No letter waits."))
        record(actor=actor, verb="messaging.print_letters", subject=batch, now=now, details={"letters": taken})
    return batch


def confirm_batch(batch: LetterBatch, *, actor: Any, now: datetime) -> int:
    """The letters are on paper: they have left. Returns how many. DomainError when somebody said so before."""
    with transaction.atomic():
        _close(batch, now)
        sent = _printed(batch).update(state=MessageState.SENT, sent_at=now, closed_at=now, sending_since=None)
        record(actor=actor, verb="messaging.confirm_letters", subject=batch, now=now, details={"letters": sent})
    return sent


def undo_batch(batch: LetterBatch, *, actor: Any, now: datetime) -> int:
    """Nothing came out of the printer: the letters wait again. DomainError when they have left."""
    with transaction.atomic():
        _close(batch, now)
        waiting = _printed(batch).update(state=MessageState.QUEUED, batch=None, sending_since=None)
        record(actor=actor, verb="messaging.undo_letters", subject=batch, now=now, details={"letters": waiting})
    return waiting


def print_later(letter: Message, *, actor: Any, now: datetime) -> None:
    """One letter came out badly: it goes to the next batch. DomainError when its batch is closed."""
    with transaction.atomic():
        moved = Message.objects.filter(
            id=letter.id, channel=Channel.LETTER, state=MessageState.SENDING, batch__closed_at=None
        ).update(state=MessageState.QUEUED, batch=None, sending_since=None)
        if not moved:
            raise DomainError(_("This letter is no longer being printed."))
        record(actor=actor, verb="messaging.print_later", subject=letter, now=now)


def _printed(batch: LetterBatch) -> QuerySet[Message]:
    return Message.objects.filter(batch=batch, state=MessageState.SENDING)


def _close(batch: LetterBatch, now: datetime) -> None:
    if not LetterBatch.objects.filter(id=batch.id, closed_at=None).update(closed_at=now):
        raise DomainError(_("This batch of letters is already closed."))
