"""The code that was sent is typed here: then the hour is theirs. Nothing changes on GET."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.agenda.operations.confirming import HoldOver, confirm, is_held, send_again
from pourtous.agenda.queries.offers import held_of_code
from pourtous.agenda.rules.tokens import is_token, key_of
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.portal import booking
from pourtous.portal.booking_forms import ConfirmForm
from pourtous.portal.course_forms import CODE_LENGTH
from pourtous.ui.format import phone as written_phone

OVER = "portal/booking/confirm_over.html"


def _held(key: str) -> Appointment | None:
    """The hour a link names; None once it was given back, and for a link that is none of ours."""
    text = key.upper()
    found = held_of_code(read_code(text[:CODE_LENGTH]) or "")
    return found if found is not None and is_token(found, text[CODE_LENGTH:]) else None


@public
def confirming(request: HttpRequest, key: str) -> HttpResponse:
    """Type the code, or ask for another one."""
    found = _held(key)
    if found is None:
        return render(request, OVER, {"back_url": reverse("booking")})
    if found.state != AppointmentState.HELD:
        return redirect("booked", key=key_of(found))
    form = ConfirmForm(request.POST if request.method == "POST" and "renvoyer" not in request.POST else None)
    said = ""
    try:
        if request.method == "POST" and "renvoyer" in request.POST:
            send_again(appointment=found, now=clock.now())
            said = _("A new code is on its way.")
        elif form.is_bound and form.is_valid():
            confirm(appointment=found, typed=form.cleaned_data["code"], now=clock.now())
            return redirect("booked", key=key_of(found))
    except HoldOver:
        return render(request, OVER, {"back_url": reverse("booking")})
    except DomainError as error:
        if form.is_bound:
            form.add_error("code", error.message)
        else:
            said = error.message
    return _page(request, found, form, said)


def _page(request: HttpRequest, found: Appointment, form: ConfirmForm, said: str) -> HttpResponse:
    if not is_held(found, clock.now()):
        return render(request, OVER, {"back_url": reverse("booking")})
    page = {
        "form": form,
        "said": said,
        "why": _("Many hours were booked for nothing. The code shows that you are there."),
        "when": booking.moment(found.starts_at),
        "reach": written_phone(found.phone) if found.phone else found.email,
        "action_url": reverse("booking-confirm", args=(key_of(found),)),
        "phone": booking.contact_phone(found),
    }
    return render(request, "portal/booking/confirm.html", page)
