"""Writing to a person, by the way they chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.messaging.operations import send_email, send_letter, send_sms
from pourtous.people.contacts import Contact
from pourtous.people.enums import Reach
from pourtous.people.rules.phones import is_mobile


@dataclass(frozen=True)
class _Words:
    subject: str
    text: str
    short_text: str


def tell(  # noqa: PLR0913 (what the outbox takes)
    *,
    contact: Contact,
    subject: str,
    text: str,
    short_text: str,
    now: datetime,
    about: str,
    key: str = "",
    not_before: datetime | None = None,
    ttl: datetime | None = None,
) -> Message | None:
    """Send a message by the way the person chose, else by another they have: SMS, e-mail, then letter.

    `short_text` is for text messages. Through an organisation, its managers get it with the code of the file, no name.
    None when nobody can be reached so: the person wants a call, or no message, or a number or address is refused.
    """
    words = _Words(subject, text, short_text)
    common = {"now": now, "about": about, "key": key, "not_before": not_before, "ttl": ttl}
    if contact.reach == Reach.ORGANISATION:
        return _through(contact, words, common)
    if contact.reach in {Reach.NONE, Reach.CALL}:
        return None
    ways = sorted((Reach.SMS, Reach.EMAIL, Reach.LETTER), key=lambda way: way != contact.reach)
    sent = (_send(way, contact, words, common) for way in ways)
    return next((message for message in sent if message is not None), None)


def _send(way: Reach, contact: Contact, words: _Words, common: dict[str, Any]) -> Message | None:
    """One way; None when the person does not have it, or the outbox refuses it."""
    try:
        with transaction.atomic():
            if way == Reach.SMS and is_mobile(contact.phone):
                return send_sms(to=contact.phone, text=words.short_text, **common)
            if way == Reach.EMAIL and contact.email:
                return send_email(to=contact.email, subject=words.subject, text=words.text, **common)
            if way == Reach.LETTER and contact.postal_lines:
                lines = contact.postal_lines
                return send_letter(address=lines, subject=words.subject, text=words.text, **common)
    except DomainError:
        return None
    return None


def _through(contact: Contact, words: _Words, common: dict[str, Any]) -> Message | None:
    """To the managers of the unit that passes messages on; the last message stands for all."""
    last = None
    for address in contact.through:
        head = _("To pass on to the person of the file %(code)s:") % {"code": contact.reference}
        last = send_email(to=address, subject=words.subject, text=f"{head}\n\n{words.text}", **common)
    return last
