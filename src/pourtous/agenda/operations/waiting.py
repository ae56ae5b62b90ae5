"""Waiting for an earlier hour: told when one is free, at most three times and once a day, first come first told.

Visits at home are left out: a hole in a round of visits is seldom near the person who waits.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState, Booker, Mode, WaitingState
from pourtous.agenda.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved
from pourtous.agenda.models import Appointment, WaitingEntry
from pourtous.agenda.operations.appointment_notices import contact
from pourtous.agenda.queries.offers import offered
from pourtous.agenda.queries.slots import Slot
from pourtous.agenda.rules.notices import fitted, unbroken
from pourtous.agenda.rules.occupied_time import on_clock
from pourtous.agenda.rules.tokens import key_of
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.operations import tell

TOLD_AT_MOST = 3
FROM_HOUR, TO_HOUR = 9, 18
WORTH_WAITING = timedelta(days=7)
KEPT_AFTER = timedelta(days=30)


def may_wait(appointment: Appointment, now: datetime) -> bool:
    """Whether an earlier hour would help: more than a week to go, not at home, and a way to be told."""
    reach = contact(appointment)
    is_far = appointment.starts_at - now > WORTH_WAITING
    is_booked = appointment.state == AppointmentState.BOOKED and appointment.mode != Mode.HOME
    return is_booked and is_far and bool(reach.phone or reach.email)


def is_waiting(appointment: Appointment) -> bool:
    """Whether they are told when an earlier hour is free."""
    return WaitingEntry.objects.filter(appointment=appointment, state=WaitingState.WAITING).exists()


@transaction.atomic
def wait_for_earlier(*, appointment: Appointment, now: datetime) -> WaitingEntry:
    """Keep that somebody would come earlier. Asking twice is waiting once. DomainError when it cannot help."""
    Appointment.objects.select_for_update().get(pk=appointment.pk)
    known = WaitingEntry.objects.filter(appointment=appointment, state=WaitingState.WAITING).first()
    if known is not None:
        return known
    if not may_wait(appointment, now):
        raise DomainError(_("This appointment is soon already."))
    entry = WaitingEntry.objects.create(
        kind_id=appointment.kind_id,
        place=appointment.place if appointment.mode == Mode.PLACE else None,
        appointment=appointment,
        person=appointment.person,
        first_name=appointment.first_name,
        phone=appointment.phone,
        email=appointment.email,
        language=appointment.language,
        before=appointment.starts_at,
        created_at=now,
    )
    record(actor=None, verb="agenda.wait", subject=appointment, now=now)
    return entry


def stop_waiting(*, appointment: Appointment, now: datetime) -> int:
    """They keep the hour they have."""
    return _close(WaitingEntry.objects.filter(appointment=appointment), WaitingState.GIVEN_UP, now)


def _close(rows: QuerySet[WaitingEntry], state: WaitingState, now: datetime) -> int:
    return rows.filter(state=WaitingState.WAITING).update(state=state, closed_at=now)


def on_moved(event: AppointmentMoved) -> None:
    """Whoever has another hour no longer waits."""
    _close(WaitingEntry.objects.filter(appointment=event.appointment_id), WaitingState.BOOKED, event.at)


def on_cancelled(event: AppointmentCancelled) -> None:
    """Whoever does not come no longer waits for an earlier hour."""
    _close(WaitingEntry.objects.filter(appointment=event.appointment_id), WaitingState.GIVEN_UP, event.at)


def on_booked(event: AppointmentBooked) -> None:
    """Whoever books the same kind sooner no longer waits."""
    made = Appointment.objects.get(pk=event.appointment_id)
    reach = Q(pk=None)
    for name in ("phone", "email", "person_id"):
        if value := getattr(made, name):
            reach |= Q(**{name: value})
    rows = WaitingEntry.objects.filter(reach, kind=made.kind_id, first_name=made.first_name, before__gt=made.starts_at)
    _close(rows, WaitingState.BOOKED, event.at)


def tell_waiting(*, now: datetime) -> int:
    """Tell those who wait of hours that are free before theirs: as many as there are hours. Returns how many."""
    _close(WaitingEntry.objects.filter(before__lte=now), WaitingState.GIVEN_UP, now)
    if not FROM_HOUR <= paris(now).hour < TO_HOUR:
        return 0
    today = on_clock(paris(now).date(), time())
    rows = WaitingEntry.objects.filter(state=WaitingState.WAITING, told_count__lt=TOLD_AT_MOST)
    due = rows.filter(Q(told_at=None) | Q(told_at__lt=today))
    related = ("kind__unit", "place", "appointment__person", "appointment__place", "appointment__kind")
    left: dict[tuple[object, object], list[Slot]] = {}
    told = 0
    for entry in due.select_related(*related).order_by("created_at", "id"):
        if entry.appointment is None:
            continue
        key = (entry.kind_id, entry.place_id)
        if key not in left:
            left[key] = _free(entry, now)
        slot = next((one for one in left[key] if one.starts_at < entry.before), None)
        if slot is not None and _tell(entry, entry.appointment, slot, now):
            left[key].remove(slot)
            told += 1
    return told


def _free(entry: WaitingEntry, now: datetime) -> list[Slot]:
    days = min(entry.kind.ahead_days, 60) + 1
    mode = Mode.PLACE if entry.place_id else ""
    found = offered(
        [entry.kind], booker=Booker.PUBLIC, mode=mode, place=entry.place, first_from=now, days=days, now=now
    )
    return [slot for slot in found if entry.place_id or slot.mode == Mode.PHONE]


def _tell(entry: WaitingEntry, appointment: Appointment, slot: Slot, now: datetime) -> bool:
    """One message, counted by a guarded UPDATE so that two runs never tell twice."""
    mine = WaitingEntry.objects.filter(pk=entry.pk, state=WaitingState.WAITING, told_count=entry.told_count)
    with transaction.atomic(), translation.override(entry.language if entry.language in _languages() else "fr"):
        if not mine.update(told_count=F("told_count") + 1, told_at=now):
            return False
        facts = {
            "name": contact(appointment).first_name,
            "when": unbroken(when(slot.starts_at)),
            "was": unbroken(when(appointment.starts_at)),
            "spot": entry.place.name if entry.place else _("by phone"),
            "link": f"{settings.PUBLIC_URL}{reverse('booked-short', args=(key_of(appointment),))}",
        }
        message = tell(
            contact=contact(appointment),
            subject=_("An earlier hour is free: %(when)s") % facts,
            text=_(
                "Hello %(name)s,\n\nAn earlier hour is free:\n\n%(when)s\n%(spot)s\n\nTake it here: %(link)s\n\n"
                "You do nothing? You keep your hour: %(was)s.\n"
            )
            % facts,
            short_text=fitted(_("An earlier hour is free: %(when)s, %(spot)s. Take it: %(link)s"), facts),
            now=now,
            about="agenda.waiting",
            key=f"agenda.waiting:{entry.pk}:{entry.told_count}",
            ttl=min(slot.starts_at, now + timedelta(hours=12)),
        )
    return message is not None


def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


def forget_waiting(*, now: datetime, dry_run: bool = False) -> int:
    """Delete those who no longer wait, thirty days after. Returns how many."""
    old = WaitingEntry.objects.filter(closed_at__lt=now - KEPT_AFTER)
    return old.count() if dry_run else old.delete()[0]
