"""Sessions and courses as the public sees them: a few facts in words, nothing to work out in a template."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.agenda.enums import CourseState, Family, Format, Level, SessionState, Theme
from pourtous.agenda.models import Course, Session
from pourtous.agenda.queries.catalogue import FoundSession, Wanted
from pourtous.agenda.rules.wording import seats_left, when
from pourtous.kernel.geometry import Point
from pourtous.passes.queries.offered import paid_courses
from pourtous.places.enums import PlaceState
from pourtous.portal.cards import Fact, place_url
from pourtous.portal.rules import sought as rules
from pourtous.portal.sharing import Share
from pourtous.ui import format as written


@dataclass(frozen=True)
class Meeting:
    """One session in a list or on its page."""

    session: Session
    url: str
    when: str
    where: list[str]
    place_url: str
    distance: str
    facts: list[Fact]
    free: int
    is_open: bool

    @property
    def course(self) -> Course:
        """What one learns."""
        return self.session.course

    @property
    def aims(self) -> list[str]:
        """One a line."""
        return lines(self.course.aims)


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def meeting(found: FoundSession, now: datetime) -> Meeting:
    """A found session in words."""
    session = found.session
    return Meeting(
        session=session,
        url=reverse("session", args=(session.code,)),
        when=_capital(when(session.starts_at, session.ends_at)),
        where=where(session),
        place_url=_place_url(session),
        distance="" if found.distance_m is None else written.distance(found.distance_m),
        facts=facts(session, now),
        free=found.free_seats,
        is_open=joinable(session, now),
    )


def joinable(session: Session, now: datetime) -> bool:
    """Whether one may still register, if only on the waiting list."""
    is_planned = session.state == SessionState.PLANNED and session.is_open and session.starts_at > now
    return is_planned and session.course.state == CourseState.PUBLISHED


def facts(session: Session, now: datetime) -> list[Fact]:
    """Seats first, then price, level, what helps."""
    course = session.course
    told = [_seats(session, now), price(course), Fact(level_words(course), "chart", "plain")]
    if course.format == Format.TRY_ONCE:
        told[2] = Fact(_("No papers asked"), "heart")
    if course.wheelchair:
        told.append(Fact(_("Wheelchair access"), "wheelchair"))
    if course.plain_french:
        told.append(Fact(_("Simple French"), "people"))
    if course.language != "fr":
        told.append(Fact(language_name(course.language), "language", "plain"))
    return told


def _seats(session: Session, now: datetime) -> Fact:
    if session.state == SessionState.CANCELLED:
        return Fact(_("Cancelled"), "cross", "bad")
    if not joinable(session, now):
        return Fact(_("Registration is closed"), "lock", "plain")
    free = session.seats - session.registered
    return Fact(seats_left(free), "check", "ok") if free else Fact(seats_left(0), "clock", "sun")


def price(course: Course) -> Fact:
    """Free, or how many passes the whole course takes."""
    if not course.pass_cost:
        return Fact(_("Free of charge"), "euro")
    text = ngettext("%(n)s pass", "%(n)s passes", course.pass_cost) % {"n": course.pass_cost}
    return Fact(text, "ticket", "plain")


def level_words(course: Course) -> str:
    """The level as a person asks for it."""
    words = {
        Level.BEGINNER: _("To begin"),
        Level.INTERMEDIATE: _("I manage a little"),
        Level.ADVANCED: _("To go further"),
    }
    return words[Level(course.level)]


def language_name(code: str) -> str:
    """In which language it is held."""
    names = {"fr": _("In French"), "en": _("In English"), "ar": _("In Arabic"), "es": _("In Spanish")}
    names |= {"uk": _("In Ukrainian"), "lsf": _("In sign language"), "oc": _("In Occitan")}
    return names.get(code, code)


def where(session: Session) -> list[str]:
    """The address as on an envelope."""
    if session.place is not None:
        place = session.place
        town = f"{place.postcode} {place.commune_name}".strip()
        return [line for line in (place.name, place.address, town) if line]
    return [line for line in (session.where, session.commune.name if session.commune else "") if line]


def _place_url(session: Session) -> str:
    is_shown = session.place is not None and session.place.state == PlaceState.PUBLISHED
    return place_url(session.place) if is_shown and session.place else ""


def share(one: Meeting, url: str) -> Share:
    """A session as a message from one's own telephone."""
    return Share.of(one.course.title, [one.when, *one.where], settings.PUBLIC_URL + url)


def length_words(course: Course) -> str:
    """Like "5 sessions of 2 h"."""
    hours, minutes = divmod(course.minutes, 60)
    if hours and minutes:
        lasts = f"{hours}{written.NBSP}h{written.NBSP}{minutes:02}"
    else:
        lasts = f"{hours}{written.NBSP}h" if hours else f"{minutes}{written.NBSP}min"
    text = ngettext("%(n)s session of %(lasts)s", "%(n)s sessions of %(lasts)s", course.session_count)
    return text % {"n": course.session_count, "lasts": lasts}


def contact_phone(session: Session) -> str:
    """Who to call: the place, else the territory's number."""
    help_phone: Any = settings.TERRITORY["help_phone"]
    return (session.place.phone if session.place else "") or str(help_phone)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def wanted(sought: rules.Sought, near: Point | None, today: date) -> Wanted:
    """The filter of the catalogue for what a person looks for."""
    asked = sought.theme_or_family
    has = sought.wishes.__contains__
    return Wanted(
        near=near,
        radius_m=(sought.wider_km * 1000.0 or rules.NEAR_M) if near else None,
        themes=(asked,) if isinstance(asked, Theme) else (),
        families=(asked,) if isinstance(asked, Family) else (),
        levels=(rules.LEVELS[sought.level],) if sought.level else (),
        formats=(Format.TRY_ONCE,) if sought.try_once else (Format.TRAINING, Format.TRY_ONCE),
        last=today + timedelta(days=7) if rules.WEEK in sought.when else None,
        evening=rules.EVENING in sought.when,
        weekend=rules.WEEKEND in sought.when,
        free=has(rules.FREE),
        courses=paid_courses(today) if has(rules.PASSES) else None,
        free_seats=int(has(rules.SEATS)),
        wheelchair=has(rules.WHEELCHAIR),
        plain_french=has(rules.PLAIN_FRENCH),
        one_a_run=True,
    )
