"""The catalogue of courses: where, what, the list, a course, a session, its paper."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.agenda.enums import SessionState
from pourtous.agenda.exporters.courses import calendar
from pourtous.agenda.models import Course, Session
from pourtous.agenda.queries import catalogue
from pourtous.agenda.queries.catalogue import Found, FoundSession, Wanted
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.clock import paris
from pourtous.kernel.ids import read_code
from pourtous.places.models import Place
from pourtous.places.queries import published
from pourtous.portal import meetings
from pourtous.portal.course_forms import CriteriaForm, ThemeForm
from pourtous.portal.forms import SENT, WhereForm
from pourtous.portal.rules import sought as rules
from pourtous.portal.rules.asked import WIDER_KM, YES
from pourtous.portal.rules.sought import Sought, read
from pourtous.portal.views.results import Chip
from pourtous.portal.where import EVERYWHERE, Resolved, Spot, answered, spot_of

PER_PAGE = 10
FEW = 5
ON_A_PAGE = 20


def address(name: str, sought: Sought) -> str:
    """The address of a page of the catalogue, with what was asked so far."""
    query = sought.query()
    return reverse(name) + (f"?{query}" if query else "")


@public
def where(request: HttpRequest) -> HttpResponse:
    """Where would you like to come? The same question as for places."""
    sought = read(request.GET)
    form = WhereForm(request.GET if SENT in request.GET else None, initial=_typed_before(sought))
    found = Resolved()
    if form.is_bound and form.is_valid():
        found = answered(form.cleaned_data["ou"], sought.position, is_everywhere=bool(form.cleaned_data["partout"]))
        if found.spot:
            arrived = replace(sought, **found.spot.changes | {"everywhere": found.spot == EVERYWHERE, "page": 1})
            return redirect(_next(arrived))
        if found.problem:
            form.add_error("ou", found.problem)
    page = {
        "form": form,
        "hidden": sought.pairs("commune", "rue", "pres", "partout", "page"),
        "back_url": reverse("training"),
        "several": [(spot, _next(replace(sought, **spot.changes))) for spot in found.several],
    }
    is_choice = found.several and not found.problem
    return render(request, "portal/courses/which.html" if is_choice else "portal/courses/where.html", page)


def _next(sought: Sought) -> str:
    """What to learn is asked once; who only wants to try is asked nothing more."""
    name = "courses" if sought.theme or sought.try_once else "course-theme"
    return address(name, replace(sought, page=1))


def _typed_before(sought: Sought) -> dict[str, object]:
    spot = spot_of(sought)
    typed = spot.label if spot and (sought.street or sought.commune) else ""
    return {"ou": typed, "partout": [YES] if sought.everywhere else []}


@public
def theme(request: HttpRequest) -> HttpResponse:
    """What would you like to learn?"""
    sought = read(request.GET)
    form = ThemeForm(request.GET if SENT in request.GET else None, initial={"theme": sought.theme})
    if form.is_bound and form.is_valid():
        return redirect(address("courses", replace(sought, theme=form.cleaned_data["theme"], page=1)))
    page = {"form": form, "hidden": sought.pairs("theme", "page"), "back_url": address("course-where", sought)}
    return render(request, "portal/courses/theme.html", page)


@public
def try_once(_request: HttpRequest) -> HttpResponse:
    """A door of the home page: a first time, without papers."""
    return redirect(address("course-where", Sought(try_once=True)))


@public
def courses(request: HttpRequest) -> HttpResponse:
    """The sessions, soonest first. Without a place to look around, the question is asked."""
    sought = read(request.GET)
    spot = spot_of(sought)
    if not sought.says_where or (spot is None and not sought.everywhere):
        return redirect(address("course-where", replace(sought, commune="")))
    now = clock.now()
    filters = meetings.wanted(sought, spot.position if spot else None, paris(now).date())
    found = catalogue.upcoming_widening(filters, now=now, limit=PER_PAGE, page=sought.page)
    pages = max(1, -(-found.total // PER_PAGE))
    if sought.page > pages:
        return redirect(address("courses", replace(sought, page=pages)))
    page = {
        "sought": sought,
        "spot": spot,
        "title": _title(sought, spot, found),
        "meetings": [meetings.meeting(one, now) for one in found.items],
        "query": sought.query("page", "theme", "niveau", "quand", "avec", "rayon"),
        "chips": _chips(sought),
        "was_widened": bool(found.total and found.radius_m and filters.radius_m and found.radius_m > filters.radius_m),
        "wider_url": _wider(sought, found),
        "criteria_url": address("course-criteria", sought),
        "change_url": address("course-where", replace(sought, theme="", page=1)),
        "all_url": address("courses", _bare(sought)),
        "pages": _pages(sought, pages),
    }
    return render(request, "portal/courses/list.html", page)


def _title(sought: Sought, spot: Spot | None, found: Found) -> str:
    here = spot.label if spot else settings.TERRITORY["in_name"]
    if not found.total:
        return _("No session found for now")
    if sought.try_once:
        text = ngettext("%(n)s session to try once", "%(n)s sessions to try once", found.total)
        return text % {"n": found.total}
    if spot:
        text = ngettext("%(n)s course near %(where)s", "%(n)s courses near %(where)s", found.total)
    else:
        text = ngettext("%(n)s course %(where)s", "%(n)s courses %(where)s", found.total)
    return text % {"n": found.total, "where": here}


def _bare(sought: Sought) -> Sought:
    return replace(sought, theme=rules.EVERYTHING, level="", when=(), wishes=(), page=1)


def _chips(sought: Sought) -> list[Chip]:
    """Common filters as links that switch on and off."""
    found = [Chip(_("All"), address("courses", _bare(sought)), not sought.is_narrowed)]
    for one in rules.WHEN:
        kept = tuple(key for key in sought.when if key != one.key)
        is_on = one.key in sought.when
        found.append(
            Chip(
                one.title, address("courses", replace(sought, when=kept if is_on else (*kept, one.key), page=1)), is_on
            )
        )
    for one in rules.WISHES[:2]:
        kept = tuple(key for key in sought.wishes if key != one.key)
        is_on = one.key in sought.wishes
        found.append(
            Chip(
                one.title,
                address("courses", replace(sought, wishes=kept if is_on else (*kept, one.key), page=1)),
                is_on,
            )
        )
    return found


def _wider(sought: Sought, found: Found) -> str:
    if found.radius_m is None or found.total > FEW:
        return ""
    further = next((km for km in WIDER_KM if km * 1000 > (found.radius_m or 0)), 0)
    return address("courses", replace(sought, wider_km=further, page=1)) if further else ""


def _pages(sought: Sought, count: int) -> dict[str, str]:
    here = sought.page
    return {
        "previous": address("courses", replace(sought, page=here - 1)) if here > 1 else "",
        "next": address("courses", replace(sought, page=here + 1)) if here < count else "",
    }


@public
def criteria(request: HttpRequest) -> HttpResponse:
    """All the filters, on a page of their own; the form leads to the list."""
    sought = read(request.GET)
    form = CriteriaForm(initial={"niveau": sought.level, "quand": sought.when, "avec": sought.wishes})
    page = {
        "form": form,
        "hidden": sought.pairs("niveau", "quand", "avec", "page"),
        "clear_url": address("courses", _bare(sought)),
        "back_url": address("courses", sought),
    }
    return render(request, "portal/courses/criteria.html", page)


def shown_course(code: str) -> Course:
    """The course the public may see, else 404."""
    course = catalogue.course_of_code(read_code(code) or "")
    if course is None:
        raise Http404
    return course


def shown_session(code: str) -> Session:
    """The session the public may see, whatever has become of it, else 404."""
    session = catalogue.session_of_code(read_code(code) or "")
    if session is None:
        raise Http404
    return session


def _coming(course: Course, now: datetime) -> list[meetings.Meeting]:
    found = catalogue.upcoming(Wanted(course_id=course.pk), now=now, limit=ON_A_PAGE)
    return [meetings.meeting(one, now) for one in found.items]


@public
def course(request: HttpRequest, code: str) -> HttpResponse:
    """What one learns, and when."""
    found, now, sought = shown_course(code), clock.now(), read(request.GET)
    page = {
        "course": found,
        "aims": meetings.lines(found.aims),
        "length": meetings.length_words(found),
        "price": meetings.price(found),
        "level": meetings.level_words(found),
        "language": meetings.language_name(found.language),
        "meetings": _coming(found, now),
        "query": sought.query(),
        "back_url": address("courses", sought) if sought.says_where else reverse("training"),
        "poster_url": reverse("course-poster", args=(found.code,)),
    }
    return render(request, "portal/courses/course.html", page)


@public
def session(request: HttpRequest, code: str) -> HttpResponse:
    """One session: when, where, seats, and the button to register."""
    found, now, sought = shown_session(code), clock.now(), read(request.GET)
    one = meetings.meeting(FoundSession(found, None), now)
    siblings = catalogue.sessions_of_run(found)
    page: dict[str, Any] = {
        "one": one,
        "session": found,
        "course": found.course,
        "length": meetings.length_words(found.course),
        "is_cancelled": found.state == SessionState.CANCELLED,
        "siblings": [meetings.meeting(FoundSession(other, None), now) for other in siblings]
        if len(siblings) > 1
        else [],
        "query": sought.query(),
        "back_url": address("courses", sought) if sought.says_where else reverse("course", args=(found.course.code,)),
        "phone": meetings.contact_phone(found),
        "share": meetings.share(one, one.url),
    }
    return render(request, "portal/courses/session.html", page)


@public
def course_poster(request: HttpRequest, code: str) -> HttpResponse:
    """A course on one sheet for a wall: what, the next dates, where, and how to come back here."""
    found, now = shown_course(code), clock.now()
    url = reverse("course", args=(found.code,))
    page = {
        "title": found.title,
        "course": found,
        "aims": meetings.lines(found.aims)[:5],
        "price": meetings.price(found),
        "meetings": _coming(found, now)[:6],
        "back_url": url,
        "url": settings.PUBLIC_URL + url,
        "code": found.code,
        "now": now,
    }
    return render(request, "portal/courses/poster.html", page)


def _shown_place(code: str) -> Place:
    place = published(code)
    if place is None:
        raise Http404
    return place


@public
def place_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The next sessions of a place on one sheet for its door."""
    place, now = _shown_place(code), clock.now()
    found = catalogue.upcoming(Wanted(place_id=place.pk), now=now, limit=8)
    url = reverse("place-short", args=(place.code,))
    page = {
        "title": place.name,
        "place": place,
        "meetings": [meetings.meeting(one, now) for one in found.items],
        "back_url": url,
        "url": settings.PUBLIC_URL + url,
        "code": place.code,
        "now": now,
    }
    return render(request, "portal/courses/place_poster.html", page)


def ics(content: bytes, name: str) -> HttpResponse:
    """A calendar file."""
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@public
def place_calendar(_request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a place, for a calendar that reads it again and again."""
    place = _shown_place(code)
    sessions = catalogue.sessions_of_place(place.pk, now=clock.now())
    return ics(calendar(sessions, title=place.name, now=clock.now()), f"seances-{place.code}")


@public
def session_calendar(_request: HttpRequest, code: str) -> HttpResponse:
    """One session, for one's own calendar."""
    found = shown_session(code)
    return ics(calendar([found], title=found.course.title, now=clock.now()), f"seance-{found.code}")
