"""Finding a free hour without account: what for, where, when. The address holds the state, nothing personal."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Booker, Mode
from pourtous.agenda.queries.offers import kinds_for
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.places.models import Place
from pourtous.places.queries import published
from pourtous.portal import booking
from pourtous.portal.forms import SENT, NeedForm, WhereForm
from pourtous.portal.rules import choices
from pourtous.portal.rules.asked import YES
from pourtous.portal.rules.errand import Errand, Picked, read
from pourtous.portal.views.results import Chip
from pourtous.portal.where import EVERYWHERE, Resolved, Spot, answered, spot_of

QUESTIONS = 6  # need, where, hour, first name, how to reach, check


def address(name: str, errand: Errand) -> str:
    """The address of a page of the booking, with what was asked so far."""
    query = errand.query()
    return reverse(name) + (f"?{query}" if query else "")


@public
def need(request: HttpRequest) -> HttpResponse:
    """What do you need help with? The same question as for places."""
    errand = read(request.GET)
    form = NeedForm(request.GET if SENT in request.GET else None, initial={"besoin": errand.need})
    if form.is_bound and form.is_valid():
        asked = replace(errand, need=form.cleaned_data["besoin"])
        return redirect(address("booking-slots" if asked.says_where else "booking-where", asked))
    page = {
        "form": form,
        "hidden": errand.pairs("besoin", "des"),
        "back_url": reverse("home"),
        "total": QUESTIONS,
    }
    return render(request, "portal/booking/need.html", page)


@public
def where(request: HttpRequest) -> HttpResponse:
    """Where? Answers with the free hours, a choice between several towns, or what to put right."""
    errand = read(request.GET)
    form = WhereForm(request.GET if SENT in request.GET else None, initial=_typed_before(errand))
    found = Resolved()
    if form.is_bound and form.is_valid():
        found = answered(form.cleaned_data["ou"], errand.position, is_everywhere=bool(form.cleaned_data["partout"]))
        if found.spot:
            return redirect(_arrival(errand, found.spot))
        if found.problem:
            form.add_error("ou", found.problem)
    page = {
        "form": form,
        "hidden": errand.pairs("commune", "rue", "pres", "partout", "lieu", "des"),
        "back_url": address("booking", errand),
        "several": [(spot, _arrival(errand, spot)) for spot in found.several],
        "total": QUESTIONS,
    }
    is_choice = found.several and not found.problem
    return render(request, "portal/booking/which.html" if is_choice else "portal/booking/where.html", page)


def _arrival(errand: Errand, spot: Spot) -> str:
    around = replace(errand, **spot.changes | {"everywhere": spot == EVERYWHERE}, place="", after=None)
    return address("booking-slots", around)


def _typed_before(errand: Errand) -> dict[str, object]:
    spot = spot_of(errand)
    typed = spot.label if spot and (errand.street or errand.commune) else ""
    return {"ou": typed, "partout": [YES] if errand.everywhere else []}


@public
def slots(request: HttpRequest) -> HttpResponse:
    """The free hours, soonest first, a few days a page."""
    errand, now = read(request.GET), clock.now()
    place = published(errand.place) if errand.place else None
    spot = spot_of(errand)
    if place is None and spot is None and not errand.everywhere:
        return redirect(address("booking-where", replace(errand, commune="", place="")))
    wanted = choices.need(errand.need)
    kinds = kinds_for(Booker.PUBLIC, wanted.services if wanted else ())
    ways = {mode for kind in kinds for mode in kind.modes}
    found = booking.board(
        kinds,
        errand,
        place=place,
        near=spot.position if spot else None,
        booker=Booker.PUBLIC,
        now=now,
        url=lambda picked: ask_url(errand, picked),
    )
    page: dict[str, Any] = {
        "board": found,
        "errand": errand,
        "title": _title(errand, place, spot),
        "chips": _chips(errand, ways, has_spot=spot is not None),
        "later_url": address("booking-slots", replace(errand, after=found.later)) if found.later else "",
        "sooner_url": address("booking-slots", replace(errand, after=None)) if errand.after else "",
        "place_query": errand.query("lieu", "des", "comment"),
        "change_url": address("booking-where", replace(errand, place="", after=None)),
        "everywhere_url": address("booking-slots", replace(errand, place="", mode="", after=None, everywhere=True)),
        "wait_url": address("waiting-ask", replace(errand, after=None)),
        "total": QUESTIONS,
    }
    return render(request, "portal/booking/slots.html", page)


def ask_url(errand: Errand, picked: Picked) -> str:
    """The page that asks who comes, for one free hour."""
    return f"{reverse('booking-ask')}?{urlencode([*picked.pairs(), *errand.pairs('des')])}"


def _title(errand: Errand, place: Place | None, spot: Spot | None) -> str:
    if place is not None:
        return _("Free hours: %(where)s") % {"where": place.name}
    if errand.mode == Mode.PHONE:
        return _("Free hours by phone")
    return _("Free hours near %(where)s") % {"where": spot.label} if spot else _("Free hours")


def _chips(errand: Errand, ways: set[str], *, has_spot: bool) -> list[Chip]:
    """Other orders and ways to meet, as links."""
    base = replace(errand, after=None)
    found = []
    if has_spot and not errand.place:
        found += [
            Chip(_("Soonest"), address("booking-slots", replace(base, nearest=False)), not errand.nearest),
            Chip(_("Nearest"), address("booking-slots", replace(base, nearest=True)), errand.nearest),
        ]
    modes = [mode for mode in (Mode.PLACE, Mode.PHONE, Mode.HOME) if mode in ways]
    if len(modes) > 1:
        for mode in modes:
            is_on = errand.mode == mode
            switched = replace(base, mode="" if is_on else mode, place=errand.place if mode == Mode.PLACE else "")
            found.append(Chip(booking.mode_words(mode), address("booking-slots", switched), is_on))
    return found
