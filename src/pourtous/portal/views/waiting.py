"""No hour suits, or nothing is free: somebody without an appointment leaves how to be told. Nothing changes on GET."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Booker, WaitingState
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.waiting_first import Wish, give_up, wait_for_an_hour
from pourtous.agenda.queries.offers import kinds_for, waiting_of_code
from pourtous.agenda.rules.contacts import read_email
from pourtous.agenda.rules.tokens import is_token, key_of
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code, uuid7
from pourtous.kernel.network_limits import is_too_often
from pourtous.people.rules.phones import read_phone
from pourtous.places.queries import published
from pourtous.portal import booking
from pourtous.portal.booking_forms import WaitForm
from pourtous.portal.course_forms import CODE_LENGTH
from pourtous.portal.guessing import limits_guesses
from pourtous.portal.rules import choices
from pourtous.portal.rules.errand import Errand, read
from pourtous.portal.views.booking import address, ask_url
from pourtous.portal.where import spot_of
from pourtous.territories import queries as communes

HOUR = 3600


@public
def wait(request: HttpRequest) -> HttpResponse:
    """Days that suit, a first name, a phone or an e-mail; what for and where stand in the address."""
    errand = read(request.GET)
    form = WaitForm(request.POST if request.method == "POST" else None, initial={"cle": str(uuid7())})
    if form.is_bound and form.is_valid():
        entry = _kept(request, form, errand)
        if entry is not None:
            return redirect("waiting", key=key_of(entry))
    page = {
        "form": form,
        "around": _around(errand),
        "action_url": address("waiting-ask", errand),
        "back_url": address("booking-slots", errand),
    }
    return render(request, "portal/booking/wait.html", page)


def _around(errand: Errand) -> str:
    """Where one waits for an hour, in words; empty: anywhere."""
    place = published(errand.place) if errand.place else None
    spot = spot_of(errand)
    return place.name if place else spot.label if spot and errand.commune else ""


def _kept(request: HttpRequest, form: WaitForm, errand: Errand) -> WaitingEntry | None:
    if is_too_often(request, "wait", most=settings.BOOKING["per_network"], seconds=HOUR):
        form.add_error(None, _("Many people have just asked this from here. Try again in an hour, or call us."))
        return None
    given, need = form.cleaned_data, choices.need(errand.need)
    wish = Wish(
        services=need.services if need else (),
        place=published(errand.place) if errand.place else None,
        commune=communes.commune(errand.commune) if errand.commune else None,
        weekdays=given["jours"],
    )
    who = Who(
        first_name=given["prenom"],
        phone=read_phone(given["telephone"]) or "",
        email=read_email(given["courriel"]) or "",
        language=get_language() or "fr",
    )
    try:
        return wait_for_an_hour(wish=wish, who=who, key=given["cle"], now=clock.now())
    except DomainError as error:
        form.add_error("telephone" if error.field == "phone" else None, error.message)
        return None


def _entry(key: str) -> WaitingEntry:
    """Who waits, by the secret of the link; 404 for anything else."""
    text = key.upper()
    found = waiting_of_code(read_code(text[:CODE_LENGTH]) or "")
    if found is None or not is_token(found, text[CODE_LENGTH:]):
        raise Http404
    return found


@public
def short(_request: HttpRequest, key: str) -> HttpResponse:
    """The short address of a text message."""
    return redirect("waiting", key=key.upper())


@public
@limits_guesses
def waiting(request: HttpRequest, key: str) -> HttpResponse:
    """What one waits for, the hours that are free now, and a button to wait no longer."""
    entry, now = _entry(key), clock.now()
    if request.method == "POST":
        give_up(entry=entry, now=now)
        return redirect("waiting", key=key_of(entry))
    errand = Errand(
        commune=entry.commune.code if entry.commune else "",
        place=entry.place.code if entry.place else "",
        everywhere=not entry.commune and not entry.place,
    )
    page: dict[str, Any] = {
        "is_waiting": entry.state == WaitingState.WAITING and entry.before > now,
        "has_hour": entry.state == WaitingState.BOOKED,
        "around": entry.place.name if entry.place else entry.commune.name if entry.commune else "",
        "board": booking.board(
            kinds_for(Booker.PUBLIC, entry.services),
            errand,
            place=entry.place,
            near=entry.commune.centre if entry.commune else None,
            booker=Booker.PUBLIC,
            now=now,
            url=lambda picked: ask_url(errand, picked),
        ),
        "action_url": reverse("waiting", args=(key_of(entry),)),
        "slots_url": address("booking-slots", errand),
    }
    return render(request, "portal/booking/waiting.html", page)
