"""A code before an hour is theirs: the hour is held for some minutes, its time taken like any other, then given back.

Only where abuse is seen. Nothing says what the code was: a keyed digest is kept. Five wrong codes end it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.events import AppointmentBooked
from pourtous.agenda.models import Appointment, AppointmentKind, BookingCode
from pourtous.agenda.operations import appointments
from pourtous.agenda.operations.appointments import Who
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.events import publish
from pourtous.people.contacts import Contact
from pourtous.people.operations import tell
from pourtous.places.models import Place

HELD_FOR = timedelta(minutes=10)
TRIES = 5
SENT_AT_MOST = 2
_DIGITS = 6


class HoldOver(DomainError):  # noqa: N818 (the name others catch)
    """The hour is no longer held."""

    def __init__(self) -> None:
        super().__init__(_("The time to type the code is over. Nothing is booked. Choose an hour again."))


@dataclass(frozen=True)
class Hour:
    """A free hour somebody wants."""

    kind: AppointmentKind
    starts_at: datetime
    mode: str
    place: Place | None


@transaction.atomic
def hold(*, hour: Hour, who: Who, now: datetime) -> Appointment:
    """Keep the hour ten minutes and send the code. DomainError when no code can reach them; SlotTaken as for booking."""
    held = appointments.book(
        kind=hour.kind,
        starts_at=hour.starts_at,
        mode=hour.mode,
        place=hour.place,
        who=who,
        through=Booker.PUBLIC,
        actor=None,
        now=now,
        is_held=True,
    )
    code = _new_code()
    BookingCode.objects.create(appointment=held, digest=_digest(held, code), expires_at=now + HELD_FOR)
    _send(held, code, now)
    return held


def confirm(*, appointment: Appointment, typed: str, now: datetime) -> Appointment:
    """The hour is theirs once the code is right; a second time changes nothing.

    DomainError (field `code`) for a wrong code; HoldOver when time or tries are used up: the hour is free again.
    """
    if Appointment.objects.filter(pk=appointment.pk).exists():
        return appointment
    digest = _tried(appointment, now)
    digits = "".join(letter for letter in typed if letter.isdigit())
    if not constant_time_compare(digest, _digest(appointment, digits)):
        raise DomainError(_("This is not the code we sent. Read it again."), field="code")
    with transaction.atomic():
        mine = Appointment.with_held.filter(pk=appointment.pk, state=AppointmentState.HELD)
        if not mine.filter(confirmation__expires_at__gt=now).update(
            state=AppointmentState.BOOKED, state_changed_at=now
        ):
            return _now_booked(appointment)
        BookingCode.objects.filter(appointment=appointment.pk).delete()
        publish(AppointmentBooked(appointment.pk, at=now))
        record(actor=None, verb="agenda.confirm", subject=appointment, now=now)
    return _now_booked(appointment)


def _now_booked(appointment: Appointment) -> Appointment:
    found = Appointment.objects.filter(pk=appointment.pk).first()
    if found is None:
        raise HoldOver
    return found


def _tried(appointment: Appointment, now: datetime) -> str:
    """The digest to compare with, one try counted by a guarded UPDATE; the last wrong one gives the hour back."""
    row = BookingCode.objects.filter(appointment=appointment.pk, expires_at__gt=now, tries__lt=TRIES)
    if not row.update(tries=F("tries") + 1):
        release(now=now, only=appointment)
        raise HoldOver
    return BookingCode.objects.values_list("digest", flat=True).get(appointment=appointment.pk)


@transaction.atomic
def send_again(*, appointment: Appointment, now: datetime) -> None:
    """Another code, once; the former no longer counts, the time stays as it was. DomainError the second time."""
    row = BookingCode.objects.filter(appointment=appointment.pk, expires_at__gt=now)
    if not row.exists():
        raise HoldOver
    code = _new_code()
    changes = {"sent": F("sent") + 1, "digest": _digest(appointment, code)}
    if not row.filter(sent__lt=SENT_AT_MOST).update(**changes):
        raise DomainError(_("We sent it twice. Nothing comes? Call us."))
    _send(appointment, code, now)


@transaction.atomic
def release(*, now: datetime, only: Appointment | None = None) -> int:
    """Give back the hours nobody confirmed in time, or after too many tries. Returns how many."""
    over = BookingCode.objects.filter(expires_at__lte=now) | BookingCode.objects.filter(tries__gte=TRIES)
    held = Appointment.with_held.select_for_update().filter(
        state=AppointmentState.HELD, pk__in=over.order_by().values("appointment")
    )
    rows = list(held.filter(pk=only.pk) if only else held)
    for row in rows:
        record(actor=None, verb="agenda.release", subject=row, now=now)
        row.delete()
    return len(rows)


def is_held(appointment: Appointment, now: datetime) -> bool:
    """Whether a code may still be typed."""
    row = BookingCode.objects.filter(appointment=appointment.pk, expires_at__gt=now, tries__lt=TRIES)
    return appointment.state == AppointmentState.HELD and row.exists()


def _new_code() -> str:
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def _digest(appointment: Appointment, code: str) -> str:
    return salted_hmac("agenda.booking-code", f"{appointment.pk}:{code}", algorithm="sha256").hexdigest()


def _send(appointment: Appointment, code: str, now: datetime) -> None:
    """By SMS to a mobile phone, else by e-mail."""
    language = appointment.language if appointment.language in dict(settings.LANGUAGES) else "fr"
    with translation.override(language):
        facts = {"name": appointment.first_name, "code": code}
        message = tell(
            contact=Contact(
                first_name=appointment.first_name,
                phone=appointment.phone,
                email=appointment.email,
                language=appointment.language,
            ),
            subject=_("Your code: %(code)s") % facts,
            text=_(
                "Hello %(name)s,\n\nYour code is %(code)s. Type it within ten minutes, and the hour is yours.\n\n"
                "You asked for nothing? Then do nothing.\n"
            )
            % facts,
            short_text=_("Your code: %(code)s. Type it within ten minutes. You asked for nothing? Do nothing.") % facts,
            now=now,
            about="agenda.booking_code",
            key=f"agenda.appointment:{appointment.pk}:code",
            ttl=now + HELD_FOR,
        )
    if message is None:
        raise DomainError(_("We must send you a code. Give a mobile phone or an e-mail, or call us."), field="phone")
