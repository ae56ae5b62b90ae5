"""Waiting for an hour: an earlier one, or any that suits. Told when one is free, at most three times and once a day.

First come first told: an hour told to one is told to nobody else for two hours. `waiting_first` is where somebody
without an appointment begins to wait.

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
from pourtous.agenda.queries.nearby import NEAR_M
from pourtous.agenda.queries.offers import kinds_for, offered
from pourtous.agenda.queries.slots import Slot
from pourtous.agenda.rules.notices import fitted, unbroken
from pourtous.agenda.rules.occupied_time import on_clock
from pourtous.agenda.rules.tokens import key_of
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.contacts import Contact, contact_of
from pourtous.people.operations import tell
from pourtous.places.models import Place

TOLD_AT_MOST = 3
FROM_HOUR, TO_HOUR = 9, 18
WORTH_WAITING = timedelta(days=7)
KEPT_AFTER = timedelta(days=30)
# How long an hour told to one is told to nobody else; how long somebody without an appointment waits.
TURN = timedelta(hours=2)
WAITED_FOR = timedelta(days=60)


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
    rows = WaitingEntry.objects.filter(reach, Q(kind=made.kind_id) | Q(kind=None), before__gt=made.starts_at)
    _close(rows.filter(first_name=made.first_name), WaitingState.BOOKED, event.at)


def tell_waiting(*, now: datetime) -> int:
    """Tell those who wait of hours that are free before theirs: as many as there are hours. Returns how many."""
    _close(WaitingEntry.objects.filter(before__lte=now), WaitingState.GIVEN_UP, now)
    if not FROM_HOUR <= paris(now).hour < TO_HOUR:
        return 0
    today = on_clock(paris(now).date(), time())
    rows = WaitingEntry.objects.filter(state=WaitingState.WAITING, told_count__lt=TOLD_AT_MOST)
    due = rows.filter(Q(told_at=None) | Q(told_at__lt=today))
    related = ("kind__unit", "place", "commune", "appointment__person", "appointment__place", "appointment__kind")
    free: dict[object, list[Slot]] = {}
    taken = _still_offered(now)
    told = 0
    for entry in due.select_related(*related).order_by("created_at", "id"):
        key = (entry.kind_id, entry.place_id, entry.commune_id, tuple(entry.services))
        if key not in free:
            free[key] = free_hours(entry, now)
        slot = next((one for one in free[key] if _suits(one, entry) and slot_key(one) not in taken), None)
        if slot is not None and _tell(entry, slot, now):
            taken.add(slot_key(slot))
            told += 1
    return told


def slot_key(slot: Slot) -> str:
    """What tells one free hour from another: moment, way and place."""
    return f"{slot.starts_at:%Y%m%dT%H%M}|{slot.mode}|{slot.place_id.hex if slot.place_id else ''}"


def _still_offered(now: datetime) -> set[str]:
    """Hours told to somebody a short while ago: they have their turn first."""
    rows = WaitingEntry.objects.filter(state=WaitingState.WAITING, told_at__gt=now - TURN)
    return set(rows.exclude(offered="").values_list("offered", flat=True))


def _suits(slot: Slot, entry: WaitingEntry) -> bool:
    is_day = not entry.weekdays or str(paris(slot.starts_at).weekday()) in entry.weekdays
    return is_day and slot.starts_at < entry.before


def free_hours(entry: WaitingEntry, now: datetime) -> list[Slot]:
    """What is free that they may be told of, soonest first; days that suit are not looked at."""
    if entry.kind is None:
        return _any_hour(entry, now)
    if entry.appointment is None:
        return []
    days = min(entry.kind.ahead_days, 60) + 1
    mode = Mode.PLACE if entry.place_id else ""
    found = offered(
        [entry.kind], booker=Booker.PUBLIC, mode=mode, place=entry.place, first_from=now, days=days, now=now
    )
    return [slot for slot in found if entry.place_id or slot.mode == Mode.PHONE]


def _any_hour(entry: WaitingEntry, now: datetime) -> list[Slot]:
    found = offered(
        kinds_for(Booker.PUBLIC, entry.services),
        booker=Booker.PUBLIC,
        place=entry.place,
        near=entry.commune.centre if entry.commune else None,
        first_from=now,
        days=WAITED_FOR.days,
        now=now,
    )
    return [slot for slot in found if slot.distance_m is None or slot.distance_m <= NEAR_M]


def _tell(entry: WaitingEntry, slot: Slot, now: datetime) -> bool:
    """One message, counted by a guarded UPDATE so that two runs never tell twice."""
    mine = WaitingEntry.objects.filter(pk=entry.pk, state=WaitingState.WAITING, told_count=entry.told_count)
    with transaction.atomic(), translation.override(entry.language if entry.language in _languages() else "fr"):
        if not mine.update(told_count=F("told_count") + 1, told_at=now, offered=slot_key(slot)):
            return False
        words = _first_hour(entry, slot) if entry.appointment is None else _earlier(entry, entry.appointment, slot)
        message = tell(
            contact=contact(entry.appointment) if entry.appointment else _contact(entry),
            subject=words[0],
            text=words[1],
            short_text=words[2],
            now=now,
            about="agenda.waiting",
            key=f"agenda.waiting:{entry.pk}:{entry.told_count}",
            ttl=min(slot.starts_at, now + timedelta(hours=12)),
        )
    return message is not None


def _earlier(entry: WaitingEntry, appointment: Appointment, slot: Slot) -> tuple[str, str, str]:
    """Subject, text and short text for who has an appointment."""
    facts = {
        "name": contact(appointment).first_name,
        "when": unbroken(when(slot.starts_at)),
        "was": unbroken(when(appointment.starts_at)),
        "spot": entry.place.name if entry.place else _("by phone"),
        "link": f"{settings.PUBLIC_URL}{reverse('booked-short', args=(key_of(appointment),))}",
    }
    text = _(
        "Hello %(name)s,\n\nAn earlier hour is free:\n\n%(when)s\n%(spot)s\n\nTake it here: %(link)s\n\n"
        "You do nothing? You keep your hour: %(was)s.\n"
    )
    short = fitted(_("An earlier hour is free: %(when)s, %(spot)s. Take it: %(link)s"), facts)
    return _("An earlier hour is free: %(when)s") % facts, text % facts, short


def _first_hour(entry: WaitingEntry, slot: Slot) -> tuple[str, str, str]:
    """The same for who has none."""
    place = Place.objects.filter(pk=slot.place_id).first() if slot.place_id and slot.mode == Mode.PLACE else None
    facts = {
        "name": entry.first_name,
        "when": unbroken(when(slot.starts_at)),
        "spot": f"{place.name}, {place.commune_name}" if place else _("by phone"),
        "link": f"{settings.PUBLIC_URL}{reverse('waiting-short', args=(key_of(entry),))}",
    }
    text = _(
        "Hello %(name)s,\n\nAn hour is free:\n\n%(when)s\n%(spot)s\n\nBook it here: %(link)s\n\n"
        "The hour is not kept: the first who books has it. You no longer need it? Say so on the same page.\n"
    )
    short = fitted(_("An hour is free: %(when)s, %(spot)s. Book it: %(link)s"), facts)
    return _("An hour is free: %(when)s") % facts, text % facts, short


def _contact(entry: WaitingEntry) -> Contact:
    if entry.person is not None:
        return contact_of(entry.person)
    return Contact(first_name=entry.first_name, phone=entry.phone, email=entry.email, language=entry.language)


def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


def forget_waiting(*, now: datetime, dry_run: bool = False) -> int:
    """Delete those who no longer wait, thirty days after. Returns how many."""
    old = WaitingEntry.objects.filter(closed_at__lt=now - KEPT_AFTER)
    return old.count() if dry_run else old.delete()[0]
