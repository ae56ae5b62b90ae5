"""Free hours and appointments as the public sees them: words, groups by day and place, nothing to work out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState, Mode
from pourtous.agenda.models import Appointment, AppointmentKind
from pourtous.agenda.queries.offers import offered
from pourtous.agenda.queries.slots import Slot
from pourtous.agenda.rules.wording import when
from pourtous.kernel.clock import PARIS, paris
from pourtous.kernel.geometry import Point
from pourtous.places.models import Place
from pourtous.portal.rules.errand import Errand, Picked
from pourtous.portal.sharing import Share
from pourtous.portal.sheets import address_lines
from pourtous.ui import format as written
from pourtous.ui.components import Step

NEAR_M = 25_000.0
DAYS, GROUPS, HOURS = 3, 3, 4  # shown on a page: days, places a day, hours a place
_FIRST_LOOK, _WHOLE_LOOK = 14, 62
ICONS = {Mode.PLACE: "pin", Mode.PHONE: "phone", Mode.HOME: "home"}


@dataclass(frozen=True)
class Offer:
    """One free hour: its words and where it leads."""

    hour: str
    url: str
    spoken: str  # with day and place, for who does not see the page around it


@dataclass(frozen=True)
class Group:
    """Free hours of a day at one place, or in one way."""

    title: str
    where: str
    distance: str
    icon: str
    hours: list[Offer]
    more: int  # hours that are not shown
    place_code: str


@dataclass(frozen=True)
class Day:
    """A day with free hours."""

    title: str
    groups: list[Group]


@dataclass(frozen=True)
class Board:
    """Days with free hours; `later` is the first day after them, None when nothing follows."""

    days: list[Day]
    later: date | None
    is_far: bool  # nothing near: these are further away


def mode_words(mode: str) -> str:
    """How one meets, as the public says it."""
    words = {Mode.PLACE: _("On the spot"), Mode.PHONE: _("By phone"), Mode.HOME: _("At your home")}
    return words[Mode(mode)]


def board(
    kinds: Sequence[AppointmentKind],
    errand: Errand,
    *,
    place: Place | None,
    near: Point | None,
    booker: str,
    now: datetime,
    url: Callable[[Picked], str],
) -> Board:
    """The next days with free hours, from the day the errand asks for; `url` says where an hour leads."""
    start = max(now, datetime.combine(errand.after, time(), tzinfo=PARIS)) if errand.after else now
    search: dict[str, Any] = {"booker": booker, "mode": errand.mode, "place": place, "near": near, "now": now}
    slots: list[Slot] = []
    for days in (_FIRST_LOOK, _WHOLE_LOOK):
        slots = offered(kinds, first_from=start, days=days, **search)
        if len({paris(slot.starts_at).date() for slot in slots}) > DAYS:
            break
    shown = [slot for slot in slots if slot.distance_m is None or slot.distance_m <= NEAR_M]
    is_far = bool(slots) and not shown
    return _grouped(slots if is_far else shown, errand, is_far=is_far, url=url)


def _grouped(slots: list[Slot], errand: Errand, *, is_far: bool, url: Callable[[Picked], str]) -> Board:
    places = Place.objects.in_bulk({slot.place_id for slot in slots if slot.place_id})
    by_day = [(day, list(rows)) for day, rows in groupby(slots, key=lambda slot: paris(slot.starts_at).date())]
    days = [Day(_capital(written.day(day)), _groups(rows, errand, places, url)) for day, rows in by_day[:DAYS]]
    later = by_day[DAYS][0] if len(by_day) > DAYS else None
    return Board(days, later, is_far)


def _groups(rows: list[Slot], errand: Errand, places: dict[Any, Place], url: Callable[[Picked], str]) -> list[Group]:
    by_place: dict[tuple[str, Any], list[Slot]] = {}
    for slot in rows:
        by_place.setdefault((slot.mode, slot.place_id), []).append(slot)
    order = sorted(by_place.values(), key=_by_distance) if errand.nearest else list(by_place.values())
    most = HOURS if len(order) > 1 else HOURS * 3
    return [_group(found, places.get(found[0].place_id), most, url) for found in order[:GROUPS]]


def _by_distance(found: list[Slot]) -> float:
    return 1e9 if found[0].distance_m is None else found[0].distance_m


def _group(found: list[Slot], place: Place | None, most: int, url: Callable[[Picked], str]) -> Group:
    first = found[0]
    title = place.name if place and first.mode == Mode.PLACE else mode_words(first.mode)
    code = place.code if place else ""
    hours = [
        Offer(
            written.hour(slot.starts_at),
            url(Picked(kind=slot.kind_id, starts_at=slot.starts_at, mode=Mode(slot.mode), place=code)),
            f"{when(slot.starts_at)}, {title}",
        )
        for slot in found[:most]
    ]
    return Group(
        title=title,
        where=place.commune_name if place and first.mode == Mode.PLACE else "",
        distance="" if first.distance_m is None or first.mode != Mode.PLACE else written.distance(first.distance_m),
        icon=ICONS[Mode(first.mode)],
        hours=hours,
        more=len(found) - len(hours),
        place_code=code if first.mode == Mode.PLACE else "",
    )


def where_lines(mode: str, place: Place | None, home_address: str = "") -> list[str]:
    """Where to go, or what happens instead."""
    if mode == Mode.PHONE:
        return [_("We call you. Stay near your phone.")]
    if mode == Mode.HOME:
        return [_("We come to your home."), *([home_address] if home_address else [])]
    return [place.name, *address_lines(place)] if place else []


def moment(starts_at: datetime) -> str:
    """Like "Mardi 24 novembre à 10 h"."""
    return _capital(when(starts_at))


def others(slots: Iterable[Slot], errand: Errand, url: Callable[[Picked], str]) -> list[Day]:
    """Other hours to offer when one is taken."""
    found = sorted(slots, key=lambda slot: slot.starts_at)
    return _grouped(found, replace(errand, nearest=False), is_far=False, url=url).days


def contact_phone(appointment: Appointment) -> str:
    """Who to call: the place where one meets, else the territory's number."""
    place = appointment.place if appointment.mode == Mode.PLACE else None
    return (place.phone if place else "") or str(settings.TERRITORY["help_phone"])


def steps(appointment: Appointment, *, is_reminded: bool) -> list[Step]:
    """What happens next."""
    hour = written.hour(appointment.starts_at)
    told = [Step(_("Two days before, a message."), _("It tells you the hour and the place again."))]
    if appointment.mode == Mode.PHONE:
        day = Step(_("At %(hour)s, your phone rings.") % {"hour": hour}, _("Keep your papers near you."))
    elif appointment.mode == Mode.HOME:
        day = Step(_("At %(hour)s, someone rings your bell.") % {"hour": hour}, _("They say who sends them."))
    else:
        day = Step(_("At %(hour)s, you come.") % {"hour": hour}, _("Take your phone and your letters."))
    last = Step(_("Someone helps you."), _("You go at your own pace."))
    return [*(told if is_reminded else []), day, last]


def share(appointment: Appointment, url: str) -> Share:
    """The appointment as a message to oneself, from one's own telephone."""
    lines = [moment(appointment.starts_at), *where_lines(appointment.mode, appointment.place)]
    lines.append(_("Code: %(code)s") % {"code": appointment.code})
    return Share.of(_("My appointment"), lines, settings.PUBLIC_URL + url)


def is_cancelled(appointment: Appointment) -> bool:
    """Whether it will not take place."""
    return appointment.state in {AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_US}


REMINDED_AFTER = timedelta(hours=48)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
