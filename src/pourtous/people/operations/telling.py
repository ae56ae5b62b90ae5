"""Writing to a person, by the way they chose."""

from datetime import datetime

from pourtous.messaging.models import Message
from pourtous.messaging.operations import send_email
from pourtous.people.contacts import Contact
from pourtous.people.enums import Reach


def tell(  # noqa: PLR0913 (what the outbox takes)
    *,
    contact: Contact,
    subject: str,
    text: str,
    short_text: str,  # noqa: ARG001 (for text messages)
    now: datetime,
    about: str,
    key: str = "",  # noqa: ARG001
    not_before: datetime | None = None,  # noqa: ARG001
    ttl: datetime | None = None,  # noqa: ARG001
) -> Message | None:
    """Send a message by the way the person chose, else by one they have; None when nobody can be reached."""
    if contact.reach in {Reach.NONE, Reach.CALL} or not contact.email:
        return None
    return send_email(to=contact.email, subject=subject, text=text, now=now, about=about)
