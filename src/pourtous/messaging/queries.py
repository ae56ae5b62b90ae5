"""Reading the outbox."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Enclosure, LetterBatch, Message


def in_state(state: str, channel: str = "") -> QuerySet[Message]:
    """Messages in a state and of a channel ("" for all), newest first."""
    found = Message.objects.filter(state=state) if state in MessageState.values else Message.objects.all()
    return found.filter(channel=channel) if channel in Channel.values else found


def counts(channel: str = "") -> dict[str, int]:
    """How many messages are in each state; states without any are left out."""
    return dict(in_state("", channel).order_by().values_list("state").annotate(Count("id")))


def waiting_letters(now: datetime) -> QuerySet[Message]:
    """Letters to print now, oldest first."""
    in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    return Message.objects.filter(
        in_time, channel=Channel.LETTER, state=MessageState.QUEUED, next_attempt_at__lte=now
    ).order_by("queued_at", "id")


def open_batches() -> QuerySet[LetterBatch]:
    """Batches nobody has closed, oldest first, with their letters."""
    letters = Message.objects.filter(state=MessageState.SENDING).order_by("queued_at", "id")
    return (
        LetterBatch.objects.filter(closed_at=None)
        .select_related("made_by")
        .prefetch_related(Prefetch("letters", letters, to_attr="printed"))
        .order_by("made_at", "id")
    )


def letters_to_do(now: datetime) -> int:
    """How many letters wait for a person: to print, or to be said printed."""
    printing = Message.objects.filter(channel=Channel.LETTER, state=MessageState.SENDING).count()
    return waiting_letters(now).count() + printing


def letters_of(batch: LetterBatch) -> list[dict[str, Any]]:
    """The letters of an open batch as the document prints them: lines, subject, text, and the PDF that goes with it."""
    letters = Message.objects.filter(batch=batch, state=MessageState.SENDING).order_by("queued_at", "id")
    enclosed = {one.message_id: one for one in Enclosure.objects.filter(message__in=letters)}
    return [
        {
            "lines": one.lines,
            "subject": one.subject,
            "text": one.text,
            "enclosed": bytes(enclosed[one.id].content) if one.id in enclosed else "",
            "pages": enclosed[one.id].pages if one.id in enclosed else 0,
        }
        for one in letters
    ]
