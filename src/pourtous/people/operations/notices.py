"""The notice a person is given about their data (GDPR articles 13 and 14), by text message when they chose that."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pourtous.messaging.models import Message
from pourtous.people.contacts import Contact
from pourtous.people.enums import NoticeKind, Reach
from pourtous.people.models import Person
from pourtous.people.operations.telling import tell


def send_notice(*, person: Person, kind: str, now: datetime) -> Message | None:
    """Send the notice when it is to go by text message; once for a person, whatever is clicked twice."""
    if kind != NoticeKind.SMS:
        return None
    language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        text = short_notice()
    contact = Contact(person.first_name, phone=person.phone, reach=Reach.SMS, language=language)
    return tell(
        contact=contact,
        subject=_("Your data"),
        text=text,
        short_text=text,
        now=now,
        about="people.notice",
        key=f"people.person:{person.pk}:notice",
    )


def short_notice() -> str:
    """The notice in one text message."""
    return _(
        "%(publisher)s: to help you, we keep your name and how to reach you, two years at most. You can see it, correct"
        " it or refuse: %(link)s"
    ) % {"publisher": settings.TERRITORY["publisher"], "link": settings.PUBLIC_URL + reverse("privacy")}
