"""An appointment as who booked it comes back to it: see, print, move, cancel. Nothing changes on GET."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Booker
from pourtous.agenda.exporters.ics import invitation
from pourtous.agenda.models import Appointment
from pourtous.agenda.operations.appointments import SlotTaken, cancel, move
from pourtous.agenda.operations.open_booking import may_still_cancel, may_still_change
from pourtous.agenda.operations.waiting import is_waiting, may_wait, stop_waiting, wait_for_earlier
from pourtous.agenda.queries.offers import appointment_of_code
from pourtous.agenda.rules.tokens import is_token, key_of, knows
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.network_limits import TEN_MINUTES, is_too_often
from pourtous.places.queries import published
from pourtous.portal import booking
from pourtous.portal.booking_forms import BackForm
from pourtous.portal.course_forms import CODE_LENGTH
from pourtous.portal.guessing import limits_guesses
from pourtous.portal.rules.errand import Errand, Picked, read, read_picked
from pourtous.portal.views.courses import ics


def _opened(key: str) -> Appointment:
    """The appointment of a link: code and token; 404 for anything else."""
    text = key.upper()
    found = appointment_of_code(read_code(text[:CODE_LENGTH]) or "")
    if found is None or not is_token(found, text[CODE_LENGTH:]) or found.emptied_at is not None:
        raise Http404
    return found


@public
def short(_request: HttpRequest, key: str) -> HttpResponse:
    """The short address of a text message."""
    return redirect("booked", key=key.upper())


@public
@limits_guesses
def booked(request: HttpRequest, key: str) -> HttpResponse:
    """The appointment, what happens next and what one can do; a code alone asks for more first."""
    if len(key) <= CODE_LENGTH:
        return redirect(f"{reverse('booking-code')}?{urlencode({'code': key})}")
    return render(request, "portal/booking/booked.html", _shown(_opened(key)))


def _shown(found: Appointment) -> dict[str, Any]:
    now = clock.now()
    key = key_of(found)
    url = reverse("booked", args=(key,))
    return {
        "appointment": found,
        "when": booking.moment(found.starts_at),
        "where": booking.where_lines(found.mode, found.place, found.home_address),
        "how": booking.mode_words(found.mode),
        "is_cancelled": booking.is_cancelled(found),
        "is_over": found.starts_at <= now,
        "may_cancel": may_still_cancel(found, now),
        "may_move": may_still_change(found, now),
        "may_wait": may_wait(found, now),
        "is_waiting": is_waiting(found),
        "steps": booking.steps(found, is_reminded=found.starts_at - found.booked_at > booking.REMINDED_AFTER),
        "phone": booking.contact_phone(found),
        "share": booking.share(found, url),
        "key": key,
        "url": settings.PUBLIC_URL + url,
        "back_url": url,
        "now": now,
    }


@public
@limits_guesses
def booked_print(request: HttpRequest, key: str) -> HttpResponse:
    """The appointment on one sheet of paper."""
    return render(request, "portal/booking/booked_print.html", _shown(_opened(key)))


@public
@limits_guesses
def booked_calendar(_request: HttpRequest, key: str) -> HttpResponse:
    """The appointment for one's own calendar."""
    found = _opened(key)
    return ics(invitation(found), f"rendez-vous-{found.code}")


@public
@limits_guesses
def booked_cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Asked once, with what will happen; the button cancels."""
    found, problem = _opened(key), ""
    if request.method == "POST" and may_still_cancel(found, clock.now()):
        try:
            cancel(appointment=found, by_person=True, actor=None, now=clock.now())
        except DomainError as error:
            problem = error.message
        else:
            return redirect("booked", key=key_of(found))
    page = _shown(found)
    if not page["may_cancel"]:
        return redirect("booked", key=key_of(found))
    return render(request, "portal/booking/cancel.html", page | {"problem": problem})


@public
@limits_guesses
def booked_move(request: HttpRequest, key: str) -> HttpResponse:
    """Other hours of the same kind; one is chosen, then a button moves the appointment."""
    found, now = _opened(key), clock.now()
    page = _shown(found)
    if not page["may_move"]:
        return redirect("booked", key=key_of(found))
    picked = read_picked(request.GET)
    if picked is not None and picked.kind == found.kind_id:
        return _move(request, found, picked, page)
    errand = replace(read(request.GET), mode=found.mode, place=found.place.code if found.place else "")
    page |= {
        "board": _board(found, errand),
        "later_url": "",
        "sooner_url": _move_url(found, []) if errand.after else "",
    }
    if page["board"].later:
        page["later_url"] = _move_url(found, [("des", page["board"].later.isoformat())])
    return render(request, "portal/booking/move.html", page | {"now": now})


def _board(found: Appointment, errand: Errand) -> booking.Board:
    return booking.board(
        [found.kind],
        errand,
        place=found.place,
        near=None,
        booker=Booker.PUBLIC,
        now=clock.now(),
        url=lambda picked: _move_url(found, picked.pairs()),
    )


def _move_url(found: Appointment, pairs: list[tuple[str, str]]) -> str:
    query = urlencode(pairs)
    return reverse("booked-move", args=(key_of(found),)) + (f"?{query}" if query else "")


def _move(request: HttpRequest, found: Appointment, picked: Picked, page: dict[str, Any]) -> HttpResponse:
    place = published(picked.place) if picked.place else None
    page |= {
        "new_when": booking.moment(picked.starts_at),
        "new_where": booking.where_lines(picked.mode, place, found.home_address),
        "action_url": _move_url(found, picked.pairs()),
        "hours_url": _move_url(found, []),
    }
    if request.method != "POST":
        return render(request, "portal/booking/move_check.html", page)
    if found.starts_at == picked.starts_at and found.mode == picked.mode:
        return redirect("booked", key=key_of(found))
    try:
        move(
            appointment=found,
            starts_at=picked.starts_at,
            mode=picked.mode,
            place=place,
            through=Booker.PUBLIC,
            actor=None,
            now=clock.now(),
        )
    except SlotTaken as taken:
        days = booking.others(taken.others, Errand(), lambda other: _move_url(found, other.pairs()))
        return render(request, "portal/booking/move_check.html", page | {"days": days, "is_taken": True}, status=409)
    except DomainError as error:
        return render(request, "portal/booking/move_check.html", page | {"problem": error.message})
    return redirect("booked", key=key_of(found))


@public
@limits_guesses
def booked_wait(request: HttpRequest, key: str) -> HttpResponse:
    """Tell me when an earlier hour is free, or no longer: two buttons of the page."""
    found = _opened(key)
    if request.method == "POST" and request.POST.get("quoi") == "arreter":
        stop_waiting(appointment=found, now=clock.now())
    elif request.method == "POST" and may_wait(found, clock.now()):
        wait_for_earlier(appointment=found, now=clock.now())
    return redirect("booked", key=key_of(found))


@public
def by_code(request: HttpRequest) -> HttpResponse:
    """I have a code: with what only who booked knows, it opens the appointment."""
    form = (
        BackForm(request.POST)
        if request.method == "POST"
        else BackForm(initial={"code": request.GET.get("code", "")[:20]})
    )
    if form.is_bound and form.is_valid():
        found = _known(request, form)
        if found is not None:
            return redirect("booked", key=key_of(found))
    return render(request, "portal/booking/by_code.html", {"form": form, "back_url": reverse("home")})


def _known(request: HttpRequest, form: BackForm) -> Appointment | None:
    """The appointment of this code when what is said fits; the same sentence for a wrong code and a wrong name."""
    code, said = form.cleaned_data["code"], form.cleaned_data["preuve"]
    most = settings.BOOKING["guesses"]
    of_code = is_too_often(request, "code", most=most, seconds=TEN_MINUTES, whose=code)
    if of_code or is_too_often(request, "guess", most=most * 3, seconds=TEN_MINUTES):
        form.add_error("code", _("Too many tries. Wait ten minutes, or call us."))
        return None
    found = appointment_of_code(code)
    if found is None or found.emptied_at is not None or not _says_who(found, said):
        form.add_error("code", _("Nothing is booked under this code and this name. Check both."))
        return None
    return found


def _says_who(found: Appointment, said: str) -> bool:
    person = found.person
    first_name = person.first_name if person else found.first_name
    return knows(said, first_name=first_name, phone=(person.phone if person else "") or found.phone)
