"""The sheet of a place by text message, for who is on the phone."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.rules.notices import fitted
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.messaging.operations import send_sms
from pourtous.places.models import Place
from pourtous.ui import format as written


@transaction.atomic
def send_sheet(*, place: Place, phone: str, actor: User, now: datetime) -> Message:
    """Name, address, phone and link. DomainError when the number gets no text messages, or too many today."""
    if not phone:
        raise DomainError(_("Write the phone number of the caller."))
    facts = {
        "spot": ", ".join(part for part in (place.name, place.address, place.commune_name) if part),
        "phone": written.phone(place.phone),
        "link": f"{settings.PUBLIC_URL}{reverse('place-short', args=(place.code,))}",
    }
    message = send_sms(to=phone, text=fitted("%(spot)s %(phone)s %(link)s", facts), now=now, about="agenda.sheet")
    record(actor=actor, verb="agenda.send_sheet", subject=place, now=now)
    return message
