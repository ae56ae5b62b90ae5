"""What a prescriber does once somebody is registered: send the sheet again; and what they are told afterwards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.enums import Booker, RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.operations.telling import registered_key, tell_registered
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.operations import cancel_queued, send_email
from pourtous.people.queries import following_unit_ids

SENT_AT_MOST = 3
# A slip of the finger in the attendance list is put right before anybody reads of it.
_PAUSE = timedelta(hours=1)
_TOLD = (RegistrationState.ATTENDED, RegistrationState.ABSENT, RegistrationState.EXCUSED)


def was_told(registration: Registration) -> bool:
    """Whether the registration was written to the person, or is about to be."""
    found = Message.objects.filter(key=registered_key(registration))
    return found.exclude(state__in=(MessageState.FAILED, MessageState.CANCELLED, MessageState.EXPIRED)).exists()


@transaction.atomic
def send_again(*, registration: Registration, actor: User, now: datetime) -> Message:
    """Write to the person once more. DomainError when nothing can leave, or when it was sent three times already."""
    if registration.session.starts_at <= now or registration.state == RegistrationState.CANCELLED:
        raise DomainError(_("This session has begun or is over."))
    sent = Message.objects.filter(key=registered_key(registration)).count()
    if sent >= SENT_AT_MOST:
        raise DomainError(_("It was sent three times already. Print the sheet."))
    message = tell_registered(registration, now=now)
    if message is None:
        raise DomainError(_("No message can leave: the file has no phone or e-mail for this. Print the sheet."))
    record(actor=actor, verb="agenda.send_registration", subject=registration.session, now=now)
    return message


def tell_prescribers(registrations: Iterable[Registration], *, now: datetime) -> None:
    """An hour after attendance is taken, who registered the person reads what became of it; the last word counts."""
    for registration in registrations:
        _tell_prescriber(registration, now)


def _tell_prescriber(registration: Registration, now: datetime) -> None:
    """By the code of the file when their unit still follows the person, else by that of the registration: no name."""
    by, unit = registration.by, registration.prescriber_unit
    if registration.through != Booker.PRESCRIBER or by is None or unit is None or not by.is_active:
        return
    key = f"agenda.registration:{registration.pk}:prescriber:"
    cancel_queued(key=key, now=now)
    if registration.state not in _TOLD:
        return
    person = registration.person
    follows = person is not None and unit.pk in following_unit_ids(person, on=paris(now).date())
    facts = {
        "code": person.code if person is not None and follows else registration.code,
        "title": registration.session.course.title,
    }
    with translation.override("fr"):
        facts["state"] = str(RegistrationState(registration.state).label)
        facts["when"] = when(registration.session.starts_at)
        send_email(
            to=by.email,
            subject=_("Course for %(code)s: %(state)s") % facts,
            text=_(
                "Hello,\n\nYou registered somebody for a course.\n\nFor: %(code)s\nCourse: %(title)s\nWhen: %(when)s\n"
                "What became of it: %(state)s\n"
            )
            % facts,
            now=now,
            not_before=now + _PAUSE,
            about="agenda.prescriber",
            key=f"{key}{registration.state}",
        )
