"""Putting messages in the outbox, in the caller's transaction: they leave if, and only if, that succeeds.

All channels take, besides their own words:

- `about`: why it is sent ("accounts.invitation"), for the list of messages;
- `key`: what it hangs on ("agenda.appointment:<id>:reminder"), for `cancel_queued`;
- `not_before`: the moment from which it is tried (a reminder); `ttl`: the moment from which it is no longer sent but
  dropped ("expired"): a reminder must not come after what it reminds of.

Each raises DomainError, with a sentence, when the message can never arrive as it is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean_lines
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Enclosure, Message
from pourtous.messaging.operations.allowance import spend
from pourtous.messaging.operations.delivery import deliver_one
from pourtous.messaging.rules import letters, sms
from pourtous.messaging.rules.outbox import one_line
from pourtous.ui import documents

SMS_TTL = timedelta(hours=24)  # when nobody said: a text message that comes days late confuses


def send_email(
    *,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    about: str = "",
    key: str = "",
    not_before: datetime | None = None,
    ttl: datetime | None = None,
) -> Message:
    """Put an e-mail in the outbox. DomainError when the address cannot be one."""
    address = to.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(_("This e-mail address is not complete."), field="email") from error
    row = {"channel": Channel.EMAIL, "to": address, "subject": one_line(subject), "text": clean_lines(text)}
    return _queue(row | {"about": about, "key": key}, now=now, not_before=not_before, ttl=ttl)


def send_sms(
    *,
    to: str,
    text: str,
    now: datetime,
    about: str = "",
    key: str = "",
    not_before: datetime | None = None,
    ttl: datetime | None = None,
) -> Message:
    """Put a text message in the outbox; the number as people write it, kept as E.164.

    Without `ttl`, it is dropped a day after the moment it should have left. DomainError when the number is no French
    number that gets text messages, the text is empty or over six parts, or the day's allowance is used up.
    """
    number = sms.french_number(to)
    if not number:
        raise DomainError(_("Write a French phone number with ten digits, for example 06 39 98 12 04."), field="phone")
    written = sms.prepare(_visible(text))
    if not written.text:
        raise DomainError(_("Write the text of the message."), field="text")
    if written.segments > sms.MOST_SEGMENTS:
        raise DomainError(_("This text is too long for a text message. Make it shorter."), field="text")
    row = {"channel": Channel.SMS, "to": number, "text": written.text, "segments": written.segments}
    last = ttl or max(now, not_before or now) + SMS_TTL
    with transaction.atomic():
        spend(number, written.segments, now=now)
        return _queue(row | {"about": about, "key": key}, now=now, not_before=not_before, ttl=last)


def send_letter(  # noqa: PLR0913 (a letter is all that)
    *,
    address: Sequence[str],
    subject: str,
    text: str,
    now: datetime,
    about: str = "",
    key: str = "",
    not_before: datetime | None = None,
    ttl: datetime | None = None,
    document: bytes | None = None,
) -> Message:
    """Put a letter in the outbox: it waits for somebody of the team to print it.

    `address`: two to six lines of an envelope, 38 characters each at most. `text`: blank lines part paragraphs.
    `document`: a PDF printed behind the letter, 5 MB at most.
    """
    lines = letters.address_lines(address)
    if not letters.LEAST_LINES <= len(lines) <= letters.MOST_LINES:
        raise DomainError(_("A postal address has two to six lines."), field="address")
    if any(len(line) > letters.LINE_LENGTH for line in lines):
        raise DomainError(_("A line of a postal address has 38 characters at most."), field="address")
    row = {"channel": Channel.LETTER, "to": "\n".join(lines), "subject": one_line(subject), "text": clean_lines(text)}
    with transaction.atomic():
        message = _queue(row | {"about": about, "key": key}, now=now, not_before=not_before, ttl=ttl)
        if document is not None:
            Enclosure.objects.create(message=message, content=document, pages=_pages(document))
    return message


def _pages(document: bytes) -> int:
    if len(document) > letters.MOST_BYTES:
        raise DomainError(_("This document is too big for a letter. The limit is 5 MB."), field="document")
    try:
        return documents.page_count(document)
    except ValueError as error:
        raise DomainError(_("This document is not a PDF that can be printed."), field="document") from error


def _visible(text: str) -> str:
    """What a telephone can show: line breaks kept, control characters and halves of characters gone."""
    return "".join(c for c in text if c >= " " or c == "\n").encode(errors="ignore").decode()


def _queue(row: dict[str, Any], *, now: datetime, not_before: datetime | None, ttl: datetime | None) -> Message:
    starts = max(now, not_before or now)
    is_late = ttl is not None and ttl <= starts
    state = MessageState.EXPIRED if is_late else MessageState.QUEUED
    closed = {"state": state, "closed_at": now if is_late else None}
    with transaction.atomic():
        message = Message.objects.create(**row, **closed, queued_at=now, next_attempt_at=starts, expires_at=ttl)
        if starts <= now and not is_late and message.channel != Channel.LETTER:
            deliver_one.enqueue(str(message.id))
    message.refresh_from_db()
    return message


def cancel_queued(*, key: str, now: datetime) -> int:
    """Cancel what has not left under a key; a key that ends in ":" means all keys that begin so. Returns how many.

    "agenda.appointment:42:reminder" is one message, "agenda.appointment:42:" all that hang on this appointment.
    """
    if not key.strip(":"):
        msg = "a key says what the message hangs on"
        raise ValueError(msg)
    found = Message.objects.filter(key__startswith=key) if key.endswith(":") else Message.objects.filter(key=key)
    waiting = found.filter(state__in=(MessageState.QUEUED, MessageState.FAILED))
    return waiting.update(state=MessageState.CANCELLED, closed_at=now)
