"""To be called back: for who would rather talk."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.agenda.operations.calls import ask_to_be_called
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.network_limits import is_too_often
from pourtous.portal.booking_forms import CallMeForm
from pourtous.territories.queries import commune, communes_named

HOUR = 3600


@public
def call_me(request: HttpRequest) -> HttpResponse:
    """A phone number, and when to call."""
    form = CallMeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _asked(request, form):
        return redirect("call-me-sent")
    return render(request, "portal/booking/call_me.html", {"form": form, "back_url": reverse("home")})


def _asked(request: HttpRequest, form: CallMeForm) -> bool:
    if is_too_often(request, "call", most=settings.BOOKING["per_network"], seconds=HOUR):
        form.add_error(None, _("Many people have just asked for a call. Try again in an hour, or call us."))
        return False
    given = form.cleaned_data
    named = communes_named(given["ou"], 1) if given["ou"] else []
    try:
        ask_to_be_called(
            first_name=given["prenom"],
            phone=given["telephone"],
            best_time=given["quand"],
            about="",
            commune=named[0] if named else commune(given["ou"]),
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field, error.message)
        return False
    return True


@public
def call_me_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "portal/booking/call_me_sent.html")
