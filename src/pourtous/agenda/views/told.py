"""Somebody whom no message reached was told of a change in another way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.operations.appointment_notices import note_told
from pourtous.agenda.permissions import USE
from pourtous.agenda.views.addresses import appointment_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires


@require_POST
@requires(USE)
def told(request: HttpRequest, code: str) -> HttpResponse:
    """Note it: the panel of the home page forgets it."""
    one = appointment_of(request, code)
    note_told(appointment=one, actor=who(request), now=clock.now())
    messages.success(request, _("It is noted."))
    return redirect("appointment", code=one.code)
