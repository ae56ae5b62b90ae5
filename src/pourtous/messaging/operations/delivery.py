"""Getting messages out, and giving them up."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks import task

from pourtous.audit.operations import record
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import shorten
from pourtous.messaging.backends import carrier
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Enclosure, Message
from pourtous.messaging.rules.outbox import one_line, wait_after

log = logging.getLogger(__name__)

SENDING_FOR = timedelta(minutes=10)  # after that, whoever was sending is dead
KEPT_FOR = timedelta(days=30)
BATCH = 200


@task()
def deliver_one(message_id: str) -> None:
    """Try one message now: what makes it leave within a second when a worker runs."""
    deliver(UUID(message_id), now=clock.now())


def deliver_due(*, now: datetime) -> int:
    """Try every message whose time has come, and drop those that would come too late. Returns how many left."""
    expire_due(now=now)
    due = _carried().filter(state=MessageState.QUEUED, next_attempt_at__lte=now).order_by("next_attempt_at", "id")
    identities: Iterable[UUID] = list(due.values_list("id", flat=True)[:BATCH])
    return sum(deliver(identity, now=now) for identity in identities)


def expire_due(*, now: datetime) -> int:
    """Drop what was not sent in time: better never than late. Returns how many."""
    late = Message.objects.filter(state=MessageState.QUEUED, expires_at__lte=now)
    return late.update(state=MessageState.EXPIRED, closed_at=now)


def _carried() -> QuerySet[Message]:
    """What leaves by itself: letters wait for a person (`letters`)."""
    return Message.objects.exclude(channel=Channel.LETTER)


def deliver(identity: UUID, *, now: datetime) -> bool:
    """Try one message if it waits and is due. Whoever moves it to "being sent" has it: it leaves once."""
    in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    due = _carried().filter(in_time, id=identity, state=MessageState.QUEUED, next_attempt_at__lte=now)
    taken = due.update(state=MessageState.SENDING, attempts=F("attempts") + 1, sending_since=now)
    if not taken:
        return False
    message = Message.objects.get(id=identity)
    try:
        carrier(message.channel).carry(message)
    except DomainError as error:
        _settle(message, MessageState.FAILED, now, error=str(error))
    except Exception as error:  # noqa: BLE001 (whatever the network does, the message must not be lost)
        log.warning("message %s: attempt %s failed: %s", message.id, message.attempts, type(error).__name__)
        _postpone(message, now, f"{type(error).__name__}: {error}")
    else:
        _settle(message, MessageState.SENT, now)
        return True
    return False


def _settle(message: Message, state: MessageState, now: datetime, *, error: str = "") -> None:
    Message.objects.filter(id=message.id, state=MessageState.SENDING, attempts=message.attempts).update(
        state=state,
        sent_at=now if state == MessageState.SENT else None,
        closed_at=now,
        sending_since=None,
        error=shorten(one_line(error), 300),
    )


def _postpone(message: Message, now: datetime, error: str) -> None:
    wait = wait_after(message.attempts)
    if wait is None:
        _settle(message, MessageState.FAILED, now, error=error)
        return
    Message.objects.filter(id=message.id, state=MessageState.SENDING, attempts=message.attempts).update(
        state=MessageState.QUEUED, next_attempt_at=now + wait, sending_since=None, error=shorten(one_line(error), 300)
    )


def sweep(*, now: datetime) -> int:
    """Messages whose sender died half-way: we cannot know whether they left. They are tried again. Returns how many.

    Between "perhaps twice" and "perhaps never", twice is chosen; the Message-ID stays the same.
    """
    lost = _carried().filter(state=MessageState.SENDING, sending_since__lt=now - SENDING_FOR)
    for message in (found := list(lost)):
        _postpone(message, now, _("The sender stopped half-way."))
    return len(found)


def empty_old(*, now: datetime, dry_run: bool = False) -> int:
    """Empty address, subject, text and what was enclosed, thirty days after a message was closed. Returns how many."""
    old = Message.objects.filter(closed_at__lt=now - KEPT_FOR, emptied_at=None)
    if dry_run:
        return old.count()
    with transaction.atomic():
        Enclosure.objects.filter(message__in=old).delete()
        return old.update(to="", subject="", text="", emptied_at=now)


def retry(message: Message, *, actor: Any, now: datetime) -> None:
    """Try a failed message again from the start. DomainError when it has not failed, is emptied or comes too late."""
    with transaction.atomic():
        failed = Message.objects.filter(id=message.id, state=MessageState.FAILED, emptied_at=None)
        if failed.filter(expires_at__lte=now).exists():
            raise DomainError(_("It is too late for this message: what it announces is over."))
        moved = failed.update(state=MessageState.QUEUED, attempts=0, next_attempt_at=now, closed_at=None, error="")
        if not moved:
            raise DomainError(_("Only a message that failed can be sent again."))
        record(actor=actor, verb="messaging.retry", subject=message, now=now)
        deliver_one.enqueue(str(message.id))


def cancel(message: Message, *, actor: Any, now: datetime) -> None:
    """Give a message up before it leaves. DomainError when it is too late."""
    with transaction.atomic():
        moved = Message.objects.filter(id=message.id, state__in=(MessageState.QUEUED, MessageState.FAILED)).update(
            state=MessageState.CANCELLED, closed_at=now
        )
        if not moved:
            raise DomainError(_("This message can no longer be cancelled."))
        record(actor=actor, verb="messaging.cancel", subject=message, now=now)
