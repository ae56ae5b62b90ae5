"""Writing to those who registered: what changed, when and where, the code to come back with."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.agenda.models import Registration, Session
from pourtous.agenda.rules.wording import when
from pourtous.messaging.models import Message
from pourtous.people.contacts import Contact, contact_of
from pourtous.people.operations import tell
from pourtous.ui import format as written


def contact(registration: Registration) -> Contact:
    """How to reach who registered."""
    if registration.person is not None:
        return contact_of(registration.person)
    return Contact(
        first_name=registration.first_name,
        phone=registration.phone,
        email=registration.email,
        language=registration.language,
    )


def place_words(session: Session) -> str:
    """Where it is, on one line."""
    if session.place is not None:
        parts = (session.place.name, session.place.address, session.place.commune_name)
    else:
        parts = (session.where, session.commune.name if session.commune else "", "")
    return ", ".join(part for part in parts if part)


def link(registration: Registration) -> str:
    """The page of a registration, to see it and to cancel."""
    return f"{settings.PUBLIC_URL}{reverse('registration', args=(registration.code,))}"


def tell_promoted(registration: Registration, *, now: datetime) -> Message | None:
    """A seat has become free: it is theirs at once, and they may give it back."""
    with _language(registration):
        facts = _facts(registration)
        return _tell(
            registration,
            subject=_("You have a seat: %(title)s") % facts,
            text=_(
                "Hello %(name)s,\n\nA seat is free. It is yours.\n\n%(title)s\n%(when)s\n%(where)s\n\n"
                "You cannot come? Give the seat to somebody else: %(link)s\nYour code: %(code)s\n"
            )
            % facts,
            short=_("%(title)s: you have a seat, %(when)s. You cannot come? %(link)s") % facts,
            now=now,
            about="agenda.promoted",
        )


def tell_registered(registration: Registration, *, now: datetime) -> Message | None:
    """Somebody registered them: when, where, and the code to cancel."""
    with _language(registration):
        facts = _facts(registration)
        waits = registration.state == "waiting"
        first = _("You are on the waiting list. We tell you if a seat is free.") if waits else _("Your seat is booked.")
        return _tell(
            registration,
            subject=_("Your registration: %(title)s") % facts,
            text=_(
                "Hello %(name)s,\n\n%(first)s\n\n%(title)s\n%(when)s\n%(where)s\n\n"
                "You cannot come? Tell us here: %(link)s\nYour code: %(code)s\n"
            )
            % (facts | {"first": first}),
            short=_("%(title)s, %(when)s. %(first)s You cannot come? %(link)s") % (facts | {"first": first}),
            now=now,
            about="agenda.registered",
        )


def tell_reminder(registration: Registration, *, now: datetime) -> Message | None:
    """The session is near; never sent after it has begun."""
    with _language(registration):
        facts = _facts(registration)
        return _tell(
            registration,
            subject=_("Reminder: %(title)s, %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nWe expect you soon.\n\n%(title)s\n%(when)s\n%(where)s\n\n"
                "You cannot come? Tell us here: %(link)s\nYour code: %(code)s\n"
            )
            % facts,
            short=_("Reminder: %(title)s, %(when)s, %(where)s. You cannot come? %(link)s") % facts,
            now=now,
            about="agenda.reminder",
        )


def tell_cancelled(registrations: Iterable[Registration], reason: str, *, now: datetime) -> int:
    """The session will not take place, and why. Returns how many could be told."""
    told = 0
    for registration in registrations:
        with _language(registration):
            facts = _facts(registration) | {"reason": reason}
            message = _tell(
                registration,
                subject=_("Cancelled: %(title)s, %(when)s") % facts,
                text=_(
                    "Hello %(name)s,\n\nThis session will not take place:\n\n%(title)s\n%(when)s\n%(where)s\n\n"
                    "Why: %(reason)s\n\nYou have nothing to do. Other dates: %(other)s\n"
                )
                % facts,
                short=_("%(title)s, %(when)s: cancelled. %(reason)s") % facts,
                now=now,
                about="agenda.session_cancelled",
            )
        told += message is not None
    return told


def tell_moved(registrations: Iterable[Registration], *, now: datetime) -> int:
    """The session has another date, hour or place. Returns how many could be told."""
    told = 0
    for registration in registrations:
        with _language(registration):
            facts = _facts(registration)
            message = _tell(
                registration,
                subject=_("Changed: %(title)s, now %(when)s") % facts,
                text=_(
                    "Hello %(name)s,\n\nThis session has changed. It is now:\n\n%(title)s\n%(when)s\n%(where)s\n\n"
                    "You cannot come? Tell us here: %(link)s\nYour code: %(code)s\n"
                )
                % facts,
                short=_("%(title)s has changed: %(when)s, %(where)s. You cannot come? %(link)s") % facts,
                now=now,
                about="agenda.session_moved",
            )
        told += message is not None
    return told


def _facts(registration: Registration) -> dict[str, str]:
    session = registration.session
    return {
        "name": contact(registration).first_name,
        "title": session.course.title,
        "when": when(session.starts_at),
        "where": place_words(session),
        "code": registration.code,
        "link": link(registration),
        "other": f"{settings.PUBLIC_URL}{reverse('course', args=(session.course.code,))}",
        "phone": written.phone(str(settings.TERRITORY["help_phone"])),
    }


def _tell(
    registration: Registration, *, subject: str, text: str, short: str, now: datetime, about: str
) -> Message | None:
    return tell(
        contact=contact(registration),
        subject=subject,
        text=text,
        short_text=short,
        now=now,
        about=about,
        key=_key(registration, about),
        ttl=registration.session.starts_at,
    )


def registered_key(registration: Registration) -> str:
    """What the message that confirms a registration hangs on."""
    return _key(registration, "agenda.registered")


def _key(registration: Registration, about: str) -> str:
    return f"agenda.registration:{registration.pk}:{about.rpartition('.')[2]}:{registration.session.sequence}"


def _language(registration: Registration) -> translation.override:
    known = dict(settings.LANGUAGES)
    return translation.override(registration.language if registration.language in known else "fr")
