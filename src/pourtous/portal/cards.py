"""A place as the public sees it in a list: a few facts in words, nothing to work out in a template."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pourtous.kernel.geometry import walk_minutes
from pourtous.kernel.text import slug
from pourtous.places.enums import Fee
from pourtous.places.models import Place
from pourtous.places.queries import FoundPlace
from pourtous.places.rules.hours import Opening
from pourtous.portal.rules import choices, words
from pourtous.portal.rules.asked import Asked
from pourtous.portal.rules.opening import State, state
from pourtous.ui import format as written

Words = str | Promise
WALKABLE_M = 2_500
MAX_SLUG = 60


@dataclass(frozen=True)
class Fact:
    """A tag: words, icon, tone ("" sure and good, "plain" neutral or to be checked)."""

    text: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Card:
    """One place of a list."""

    number: int
    place: Place
    url: str
    kind: Words
    distance: str
    walk: int | None  # minutes, when one can walk there
    state: State
    facts: list[Fact]
    why: str = ""  # for the first of a list: why it comes first
    book_url: str = ""  # free hours, when there are some soon


def place_url(place: Place) -> str:
    """The address of a place's page."""
    name = slug(place.name)[:MAX_SLUG].strip("-") or "lieu"
    return reverse("place", kwargs={"code": place.code, "name": name})


def facts(place: Place, asked: Asked, *, is_brief: bool = False) -> list[Fact]:
    """What is told of a place: appointment, price, wheelchair, then what was wished, "to be checked" when unknown.

    `is_brief`: in a list, only the first three and what was asked for.
    """
    told = [
        _appointment(place, asked),
        _price(place, asked),
        _yes_no(place.wheelchair, asked, choices.WHEELCHAIR, _("Wheelchair access"), "wheelchair"),
    ]
    if not is_brief or choices.PLAIN_FRENCH in asked.wishes:
        told.append(_yes_no(place.plain_french, asked, choices.PLAIN_FRENCH, _("Simple French"), "people"))
    if not is_brief or choices.AT_HOME in asked.wishes:
        told.append(_yes_no(place.home_help, asked, choices.AT_HOME, _("Comes to your home"), "home"))
    if place.accepts_pass and (asked.accepts_pass or not is_brief):
        told.append(Fact(_("Takes digital passes"), "ticket"))
    if asked.need and place.inferred_services and _is_only_inferred(place, asked):
        told.append(Fact(_("Help to be checked"), "info", "plain"))
    return [one for one in told if one]


def _is_only_inferred(place: Place, asked: Asked) -> bool:
    need = choices.need(asked.need)
    return bool(need and need.services) and not set(place.services) & set(need.services if need else ())


def _appointment(place: Place, asked: Asked) -> Fact | None:
    if place.walk_in:
        return Fact(_("Without appointment"), "door")
    if place.walk_in is False:
        return Fact(_("By appointment"), "calendar", "plain")
    if choices.WALK_IN in asked.wishes:
        return Fact(_("Appointment: to be checked"), "calendar", "plain")
    return None


def _price(place: Place, asked: Asked) -> Fact | None:
    if Fee.FREE in place.fees:
        return Fact(_("Free of charge"), "euro")
    if Fee.FREE_IF in place.fees:
        return Fact(_("Free in some cases"), "euro", "plain")
    if Fee.PAID in place.fees:
        return Fact(_("One pays"), "euro", "plain")
    return Fact(_("Price: to be checked"), "euro", "plain") if choices.FREE in asked.wishes else None


def _yes_no(value: bool | None, asked: Asked, wish: str, text: str, icon: str) -> Fact | None:  # noqa: FBT001 (a fact, not a switch)
    if value:
        return Fact(text, icon)
    if value is None and wish in asked.wishes:
        return Fact(_("%(what)s: to be checked") % {"what": text}, icon, "plain")
    return None


def booking_url(place: Place) -> str:
    """Where the free hours of a place are."""
    return f"{reverse('booking-slots')}?lieu={place.code}"


def card(
    found: FoundPlace, number: int, asked: Asked, now: datetime, *, is_best: bool = False, is_bookable: bool = False
) -> Card:
    """One found place as a card; `is_best`: say why it comes first; `is_bookable`: it has free hours soon."""
    place, metres = found.place, found.distance_m
    return Card(
        number=number,
        place=place,
        url=place_url(place),
        kind=words.kind(place.typologies, place.networks),
        distance="" if metres is None else written.distance(metres),
        walk=walk_minutes(metres) if metres is not None and metres <= WALKABLE_M else None,
        state=state(found.opening, now),
        facts=facts(place, asked, is_brief=True),
        why=_why(place, metres, found.opening) if is_best else "",
        book_url=booking_url(place) if is_bookable else "",
    )


def _why(place: Place, metres: float | None, opening: Opening) -> str:
    """Like "open now, 1.2 km away, free of charge": only what is true and good; nothing when it is only one thing."""
    reasons = [_("open now")] if opening.kind == "open" else []
    if metres is not None:
        reasons.append(written.distance(metres))
    if place.walk_in:
        reasons.append(_("without appointment"))
    if Fee.FREE in place.fees:
        reasons.append(_("free of charge"))
    return ", ".join(reasons) if len(reasons) > 1 else ""
