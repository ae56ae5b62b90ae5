"""The nearest free hours for somebody who books for another: few lines, soonest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pourtous.agenda.enums import Mode
from pourtous.agenda.models import AppointmentKind
from pourtous.agenda.queries.offers import kinds_for, offered
from pourtous.agenda.queries.slots import Slot
from pourtous.kernel.clock import paris
from pourtous.places.models import Place
from pourtous.territories.models import Commune

NEAR_M = 25_000.0
DAYS = 30
_A_PLACE, _SHOWN = 3, 12


@dataclass(frozen=True)
class FreeHour:
    """One free hour: what the form sends (`value`), when, how, where and how far (metres)."""

    value: str
    starts_at: datetime
    kind: AppointmentKind
    mode: Mode
    place: Place | None
    distance_m: float | None


def nearby(
    *,
    booker: str,
    commune: Commune | None,
    mode: str = "",
    services: Sequence[str] = (),
    weekdays: Sequence[str] = (),
    now: datetime,
) -> list[FreeHour]:
    """At most three hours of each place and way, within 25 km when a commune is known, else further.

    On these weekdays ("0": Monday) when some are free then, else on any day.
    """
    kinds = {one.pk: one for one in kinds_for(booker, services)}
    near = commune.centre if commune else None
    found = offered(list(kinds.values()), booker=booker, mode=mode, near=near, first_from=now, days=DAYS, now=now)
    close = [slot for slot in found if slot.distance_m is None or slot.distance_m <= NEAR_M]
    kept = _few(_on(weekdays, close or found))
    places = Place.objects.in_bulk({slot.place_id for slot in kept if slot.place_id})
    return [_hour(slot, kinds[slot.kind_id], places.get(slot.place_id) if slot.place_id else None) for slot in kept]


def _on(weekdays: Sequence[str], slots: list[Slot]) -> list[Slot]:
    return [slot for slot in slots if str(paris(slot.starts_at).weekday()) in weekdays] or slots


def _few(slots: list[Slot]) -> list[Slot]:
    counts: dict[tuple[str, object], int] = {}
    kept = []
    for slot in slots:
        key = (slot.mode, slot.place_id)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _A_PLACE:
            kept.append(slot)
    return kept[:_SHOWN]


def _hour(slot: Slot, kind: AppointmentKind, place: Place | None) -> FreeHour:
    value = "|".join((kind.pk.hex, slot.starts_at.isoformat(), slot.mode, place.code if place else ""))
    return FreeHour(value, slot.starts_at, kind, Mode(slot.mode), place, slot.distance_m)
