"""What people are told of their appointments: booked, soon, moved, cancelled by us; and prescribers, what became of it.

All hangs on events, inside the transaction of what happened: a message leaves if, and only if, that succeeds. Keys are
"agenda.appointment:<id>:…"; nothing is ever sent after the appointment has begun.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.enums import AppointmentState, Booker, Mode
from pourtous.agenda.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, AppointmentSettled
from pourtous.agenda.models import Appointment
from pourtous.agenda.queries.slots import next_slots
from pourtous.agenda.rules.notices import fitted, unbroken
from pourtous.agenda.rules.tokens import key_of
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.operations import cancel_queued, send_email
from pourtous.people.contacts import Contact, contact_of
from pourtous.people.operations import tell
from pourtous.people.queries import following_unit_ids
from pourtous.ui import format as written

REMINDED_BEFORE = timedelta(hours=48)
_OFFERED = 3


def on_booked(event: AppointmentBooked) -> None:
    """Confirmed at once, and reminded two days before."""
    appointment = _appointment(event.appointment_id)
    with _language(appointment):
        facts = _facts(appointment)
        _tell(
            appointment,
            "booked",
            subject=_("Your appointment: %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nYour appointment is booked.\n\n%(when)s\n%(where)s\n\n"
                "You cannot come? Change the hour or cancel here: %(link)s\nYour code: %(code)s\n%(call)s"
            )
            % facts,
            short=fitted(_("Appointment %(when)s, %(spot)s. To change: %(link)s Code %(code)s"), facts),
            now=event.at,
        )
    _remind_later(appointment, event.at)


def _remind_later(appointment: Appointment, now: datetime) -> None:
    """Only when it is far enough; dropped when it cannot leave before the appointment begins."""
    not_before = appointment.starts_at - REMINDED_BEFORE
    if not_before <= now:
        return
    with _language(appointment):
        facts = _facts(appointment)
        _tell(
            appointment,
            "reminder",
            subject=_("Reminder: your appointment, %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nWe expect you soon.\n\n%(when)s\n%(where)s\n\n"
                "You cannot come? Change the hour or cancel here: %(link)s\nYour code: %(code)s\n%(call)s"
            )
            % facts,
            short=fitted(_("Reminder: appointment %(when)s, %(spot)s. You cannot come? %(link)s"), facts),
            now=now,
            not_before=not_before,
        )


def on_moved(event: AppointmentMoved) -> None:
    """The new hour, and the reminder with it."""
    appointment = _appointment(event.appointment_id)
    _stop(appointment, event.at)
    with _language(appointment):
        facts = _facts(appointment) | {"was": when(event.was_at)}
        told = _tell(
            appointment,
            f"moved:{appointment.sequence}",
            subject=_("Your appointment has changed: %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nYour appointment has changed. It is now:\n\n%(when)s\n%(where)s\n\n"
                "It was: %(was)s\n\n"
                "You cannot come? Change the hour or cancel here: %(link)s\nYour code: %(code)s\n%(call)s"
            )
            % facts,
            short=fitted(_("Your appointment is now %(when)s, %(spot)s. To change: %(link)s"), facts),
            now=event.at,
        )
    _mark(appointment, is_told=told is not None, now=event.at)
    _remind_later(appointment, event.at)


def on_cancelled(event: AppointmentCancelled) -> None:
    """By us: why, and other hours. By the person: they know; nothing more is sent."""
    appointment = _appointment(event.appointment_id)
    _stop(appointment, event.at)
    _tell_prescriber(appointment, appointment.state, event.at)
    if event.by_person or appointment.starts_at <= event.at:
        return
    with _language(appointment):
        others = _others(appointment, event.at)
        facts = _facts(appointment) | {"reason": event.reason.rstrip(".") or _("we cannot keep it"), "others": others}
        told = _tell(
            appointment,
            "cancelled",
            subject=_("Cancelled: your appointment, %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nWe are sorry: your appointment will not take place.\n\n%(when)s\n%(where)s\n\n"
                "Why: %(reason)s.\n\n%(others)sTake another hour here: %(again)s\n%(call)s"
            )
            % facts,
            short=fitted(
                _("Your appointment %(when)s is cancelled: %(reason)s. Another hour: %(again)s"), facts, "reason"
            ),
            now=event.at,
        )
    _mark(appointment, is_told=told is not None, now=event.at)


def on_settled(event: AppointmentSettled) -> None:
    """The prescriber who booked knows what became of it."""
    appointment = _appointment(event.appointment_id)
    if event.state in {AppointmentState.HONOURED, AppointmentState.MISSED}:
        _tell_prescriber(appointment, event.state, event.at)


def _others(appointment: Appointment, now: datetime) -> str:
    found = next_slots(
        kind=appointment.kind,
        mode=appointment.mode,
        place=appointment.place,
        booker=Booker.PUBLIC,
        after=appointment.starts_at,
        now=now,
    )
    lines = [f"- {when(slot.starts_at)}" for slot in found[:_OFFERED]]
    return _("Still free:\n%(hours)s\n\n") % {"hours": "\n".join(lines)} if lines else ""


def _tell_prescriber(appointment: Appointment, state: str, now: datetime) -> None:
    """By the code of the file when their unit still follows the person, else by that of the appointment: no name."""
    by, unit = appointment.booked_by, appointment.prescriber_unit
    if appointment.booked_through != Booker.PRESCRIBER or by is None or unit is None or not by.is_active:
        return
    person = appointment.person
    follows = person is not None and unit.pk in following_unit_ids(person, on=paris(now).date())
    code = person.code if person is not None and follows else appointment.code
    facts = {"code": code, "when": when(appointment.starts_at), "state": AppointmentState(state).label}
    with translation.override("fr"):
        send_email(
            to=by.email,
            subject=_("Appointment booked for %(code)s: %(state)s") % facts,
            text=_(
                "Hello,\n\nYou booked an appointment.\n\nFor: %(code)s\nWhen: %(when)s\nWhat became of it: %(state)s\n"
            )
            % facts,
            now=now,
            about="agenda.prescriber",
            key=f"agenda.appointment:{appointment.pk}:prescriber:{state}",
        )


def _stop(appointment: Appointment, now: datetime) -> None:
    """What was waiting to be sent of the former hour; news of what became of it stays."""
    for what in ("booked", "reminder", f"moved:{appointment.sequence - 1}"):
        cancel_queued(key=f"agenda.appointment:{appointment.pk}:{what}", now=now)


def _mark(appointment: Appointment, *, is_told: bool, now: datetime) -> None:
    """Nobody could be reached about a change: somebody must call, or tell them in another way."""
    must_call = not is_told and appointment.starts_at > now
    Appointment.objects.filter(pk=appointment.pk).exclude(must_call=must_call).update(must_call=must_call)


@transaction.atomic
def note_told(*, appointment: Appointment, actor: User | None, now: datetime) -> None:
    """Somebody told the person in another way. Twice does no harm."""
    if Appointment.objects.filter(pk=appointment.pk, must_call=True).update(must_call=False):
        record(actor=actor, verb="agenda.note_told", subject=appointment, now=now)


def _appointment(identity: UUID) -> Appointment:
    related = ("kind__unit", "place", "person", "booked_by", "prescriber_unit")
    return Appointment.objects.select_related(*related).get(pk=identity)


def contact(appointment: Appointment) -> Contact:
    """How to reach who comes: what was given for this appointment, else what the file says."""
    if appointment.person is not None and not (appointment.phone or appointment.email):
        return contact_of(appointment.person)
    person = appointment.person
    return Contact(
        first_name=appointment.first_name or (person.first_name if person else ""),
        phone=appointment.phone,
        email=appointment.email,
        language=appointment.language,
    )


def _facts(appointment: Appointment) -> dict[str, str]:
    place = appointment.place
    help_phone = written.phone(str(settings.TERRITORY["help_phone"]))
    return {
        "name": contact(appointment).first_name,
        "when": unbroken(when(appointment.starts_at)),
        "where": _where(appointment, address=place.address if place else ""),
        "spot": _where(appointment),
        "code": appointment.code,
        "link": f"{settings.PUBLIC_URL}{reverse('booked-short', args=(key_of(appointment),))}",
        "again": f"{settings.PUBLIC_URL}{reverse('booking-slots')}?lieu={place.code}" if place else _again(),
        "call": _("Or call us: %(phone)s\n") % {"phone": help_phone} if help_phone else "",
    }


def _again() -> str:
    return f"{settings.PUBLIC_URL}{reverse('booking')}"


def _where(appointment: Appointment, address: str = "") -> str:
    place = appointment.place
    if appointment.mode == Mode.PHONE:
        return _("by phone: we call you")
    if appointment.mode == Mode.HOME:
        return _("at your home")
    return ", ".join(part for part in (place.name, address, place.commune_name) if part) if place else ""


def _tell(
    appointment: Appointment,
    what: str,
    *,
    subject: str,
    text: str,
    short: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Message | None:
    if appointment.starts_at <= now:
        return None
    return tell(
        contact=contact(appointment),
        subject=subject,
        text=text,
        short_text=short,
        now=now,
        about=f"agenda.appointment_{what.partition(':')[0]}",
        key=f"agenda.appointment:{appointment.pk}:{what}",
        not_before=not_before,
        ttl=appointment.starts_at,
    )


def _language(appointment: Appointment) -> translation.override:
    known: Mapping[str, object] = dict(settings.LANGUAGES)
    return translation.override(appointment.language if appointment.language in known else "fr")


def was_told(appointment: Appointment) -> bool:
    """Whether the confirmation left, or is about to."""
    found = Message.objects.filter(key=f"agenda.appointment:{appointment.pk}:booked")
    return found.exclude(state__in=(MessageState.FAILED, MessageState.CANCELLED, MessageState.EXPIRED)).exists()
