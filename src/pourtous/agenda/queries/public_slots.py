"""Free slots as the public may know them: with kinds and places, never with who."""

from dataclasses import dataclass
from datetime import date, datetime

from pourtous.agenda.enums import Booker
from pourtous.agenda.models import AppointmentKind
from pourtous.agenda.queries.slots import EARLIEST, free_slots
from pourtous.agenda.rules.slots import Slot
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import read_code
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place


@dataclass(frozen=True)
class PublicSlots:
    """What somebody looks for. Empty: whatever."""

    first: date
    days: int
    place_code: str = ""
    insee_code: str = ""
    near: Point | None = None
    need: str = ""
    kind_id: str = ""
    mode: str | None = None
    order: str = EARLIEST
    limit: int = 20


Found = tuple[Slot, AppointmentKind, Place | None]


def public_slots(wanted: PublicSlots, *, now: datetime) -> list[Found]:
    """The slots the public may book, in order, each with its kind and place."""
    kinds = {one.pk: one for one in _kinds(wanted)}
    place = _place(wanted.place_code)
    if not kinds or (wanted.place_code and place is None):
        return []
    found = free_slots(
        kind=list(kinds.values()),
        mode=wanted.mode,
        place=place,
        near=wanted.near,
        commune=wanted.insee_code,
        booker=Booker.PUBLIC,
        first=wanted.first,
        days=wanted.days,
        now=now,
        limit=wanted.limit,
        order=wanted.order,
    )
    places = Place.objects.in_bulk({slot.place_id for slot in found if slot.place_id})
    return [(slot, kinds[slot.kind_id], places.get(slot.place_id) if slot.place_id else None) for slot in found]


def _kinds(wanted: PublicSlots) -> list[AppointmentKind]:
    found = AppointmentKind.objects.filter(is_active=True, bookers__has=Booker.PUBLIC.value)
    if wanted.need:
        found = found.filter(needs__has=wanted.need)
    kinds = list(found.order_by())
    return [one for one in kinds if not wanted.kind_id or str(one.pk) == wanted.kind_id]


def _place(code: str) -> Place | None:
    return Place.objects.filter(code=read_code(code) or "", state=PlaceState.PUBLISHED).first() if code else None
