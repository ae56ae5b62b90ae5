"""What may be booked by whom, and an appointment as who booked it comes back to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from pourtous.agenda.enums import Mode
from pourtous.agenda.models import Appointment, AppointmentKind, Availability, WaitingEntry
from pourtous.agenda.queries.slots import Slot, free_slots
from pourtous.kernel.clock import paris
from pourtous.kernel.geometry import Point
from pourtous.places.models import Place

SOON_DAYS = 21


def kinds_for(booker: str, services: Sequence[str] = ()) -> list[AppointmentKind]:
    """Kinds of appointment this booker may book, that answer to any of these services (no service: all kinds)."""
    rows = AppointmentKind.objects.filter(is_active=True).select_related("unit__organisation")
    found = [one for one in rows if booker in one.bookers]
    return [one for one in found if not services or not one.needs or set(one.needs) & set(services)]


def kind_for(identity: UUID, booker: str) -> AppointmentKind | None:
    """One of them."""
    rows = AppointmentKind.objects.filter(pk=identity, is_active=True).select_related("unit__organisation")
    return next((one for one in rows if booker in one.bookers), None)


def soonest_by_place(places: Iterable[Place], *, booker: str, now: datetime) -> dict[UUID, Slot]:
    """The next free hour of each of these places within three weeks; one query when none has open hours."""
    wanted = {place.pk for place in places}
    held = Availability.objects.filter(place__in=wanted, mode=Mode.PLACE, kinds__is_active=True)
    pairs = set(held.order_by().values_list("kinds", "resource"))
    if not pairs:
        return {}
    kinds = [one for one in kinds_for(booker) if one.pk in {kind for kind, _resource in pairs}]
    found = free_slots(kind=kinds, mode=Mode.PLACE, booker=booker, first=paris(now).date(), days=SOON_DAYS, now=now)
    soonest: dict[UUID, Slot] = {}
    for slot in found:
        if slot.place_id in wanted and slot.place_id is not None:
            soonest.setdefault(slot.place_id, slot)
    return soonest


def offered(
    kinds: Sequence[AppointmentKind],
    *,
    booker: str,
    mode: str = "",
    place: Place | None = None,
    near: Point | None = None,
    first_from: datetime,
    days: int,
    now: datetime,
) -> list[Slot]:
    """Free hours by time; visits at home only when they are asked for. One of each moment, way and place."""
    found = free_slots(
        kind=kinds,
        mode=mode or None,
        place=place,
        near=near,
        booker=booker,
        first=paris(first_from).date(),
        days=days,
        now=now,
    )
    shown = [slot for slot in found if mode or slot.mode != Mode.HOME]
    return list({(slot.starts_at, slot.mode, slot.place_id): slot for slot in reversed(shown)}.values())[::-1]


def appointment_of_code(code: str) -> Appointment | None:
    """The appointment of a code, with what its page tells."""
    rows = Appointment.objects.select_related("kind__unit__organisation", "place", "mediator", "person", "room")
    return rows.filter(code=code).first()


def waiting_of_code(code: str) -> WaitingEntry | None:
    """Somebody who waits for an hour without an appointment, by the code of their link."""
    rows = WaitingEntry.objects.filter(kind=None).select_related("place", "commune")
    return rows.filter(code=code).first() if code else None


def held_of_code(code: str) -> Appointment | None:
    """The same, an hour that is only held too."""
    rows = Appointment.with_held.select_related("kind__unit__organisation", "place", "mediator", "person", "room")
    return rows.filter(code=code).first()
