"""What waits in the demonstration: people for an earlier slot, calls to give back, messages on their way."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Model

from pourtous.agenda.enums import AppointmentState, CallState, Mode
from pourtous.agenda.models import Appointment, CallBack, WaitingEntry
from pourtous.agenda.operations.waiting import WAITED_FOR
from pourtous.demo.agenda import DESK, Booking
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.kernel.clock import paris
from pourtous.messaging.enums import Channel, MessageState, Receipt
from pourtous.messaging.models import Message
from pourtous.people.enums import Reach
from pourtous.ui.format import date_in_full

_WAITING, _SMS, _LETTERS = 6, 24, 3
_REMINDED = timedelta(hours=48)


def waiting(bookings: Sequence[Booking], now: datetime) -> Iterator[Model]:
    """All of it."""
    coming = [one for one in bookings if one.appointment.starts_at > now and _is_on(one.appointment)]
    yield from _entries(coming, now)
    yield from _first_hours(now)
    yield from _calls(now)
    yield from _reminders(coming, now)
    yield from _letters(coming, now)


def _is_on(row: Appointment) -> bool:
    return row.state == AppointmentState.BOOKED


def _entries(coming: list[Booking], now: datetime) -> Iterator[WaitingEntry]:
    """People with a late appointment who would come earlier."""
    late = [one.appointment for one in coming if one.known is None and one.appointment.mode == Mode.PLACE]
    for number, row in enumerate(sorted(late, key=lambda one: (-one.starts_at.timestamp(), one.code))[:_WAITING]):
        yield WaitingEntry(
            id=fixed_id("waiting", str(number)),
            code=fixed_code("waiting", str(number)),
            kind_id=row.kind_id,
            place_id=row.place_id,
            appointment=row,
            first_name=row.first_name,
            phone=row.phone,
            before=row.starts_at,
            created_at=now - timedelta(days=number + 1),
        )


def _first_hours(now: datetime) -> Iterator[WaitingEntry]:
    """People who found no hour that suits them."""
    for number, row in enumerate(read("waiting")):
        yield WaitingEntry(
            id=fixed_id("waiting-first", str(number)),
            code=fixed_code("waiting-first", str(number)),
            services=row["services"],
            commune_id=row["commune"],
            weekdays=row["weekdays"],
            first_name=row["first_name"],
            phone=f"+3363998{9600 + number:04}",
            before=now + WAITED_FOR - timedelta(days=row["days_ago"]),
            told_count=row.get("told", 0),
            told_at=now - timedelta(days=1) if row.get("told") else None,
            created_at=now - timedelta(days=row["days_ago"], hours=2),
        )


def _calls(now: datetime) -> Iterator[CallBack]:
    for number, row in enumerate(read("calls")):
        asked = now - timedelta(hours=row["hours_ago"])
        state = CallState(row.get("state", CallState.WAITING))
        yield CallBack(
            id=fixed_id("call", str(number)),
            first_name=row["first_name"],
            phone=f"+3363998{9500 + number:04}",
            commune_id=row["commune"],
            about=row["about"],
            best_time=row.get("best_time", ""),
            state=state,
            tries=row.get("tries", 0),
            asked_at=asked,
            taken_by_id=fixed_id("user", DESK) if state != CallState.WAITING else None,
            closed_at=asked + timedelta(hours=2) if state != CallState.WAITING else None,
            outcome=row.get("outcome", ""),
        )


def _reminders(coming: list[Booking], now: datetime) -> Iterator[Message]:
    """Text messages: sent for the next two days, waiting for later ones."""
    told = (one for one in coming if one.appointment.phone and (one.known is None or _gets_sms(one)))
    for number, one in enumerate(islice(told, _SMS)):
        row = one.appointment
        starts = row.starts_at - _REMINDED
        is_sent = starts <= now
        yield Message(
            id=fixed_id("message", f"reminder/{number}"),
            channel=Channel.SMS,
            to=row.phone,
            text=f"Rappel : rendez-vous le {date_in_full(paris(row.starts_at).date())}. Pour annuler : code {row.code}.",
            about="agenda.reminder",
            key=f"agenda.appointment:{row.pk}:reminder",
            state=MessageState.SENT if is_sent else MessageState.QUEUED,
            attempts=int(is_sent),
            queued_at=row.booked_at,
            next_attempt_at=max(starts, row.booked_at),
            expires_at=row.starts_at,
            sent_at=now - timedelta(minutes=30) if is_sent else None,
            closed_at=now - timedelta(minutes=30) if is_sent else None,
            segments=1,
            receipt=Receipt.DELIVERED if is_sent and number % 4 else "",
            receipt_at=now - timedelta(minutes=29) if is_sent and number % 4 else None,
        )


def _gets_sms(one: Booking) -> bool:
    return one.known is not None and one.known.person.reach == Reach.SMS


def _letters(coming: list[Booking], now: datetime) -> Iterator[Message]:
    """Letters that wait for somebody to print them."""
    wanted = (one for one in coming if one.known and one.known.person.reach == Reach.LETTER)
    for number, one in enumerate(islice(wanted, _LETTERS)):
        person, row = one.known.person if one.known else None, one.appointment
        if person is None:
            continue
        yield Message(
            id=fixed_id("message", f"letter/{number}"),
            channel=Channel.LETTER,
            to=f"{person.name}\n{person.postal_address}",
            subject="Votre rendez-vous",
            text=f"Bonjour,\n\nVotre rendez-vous est le {date_in_full(paris(row.starts_at).date())}.\n\nÀ bientôt.",
            about="agenda.reminder",
            key=f"agenda.appointment:{row.pk}:letter",
            queued_at=now - timedelta(hours=3),
            next_attempt_at=now - timedelta(hours=3),
        )
