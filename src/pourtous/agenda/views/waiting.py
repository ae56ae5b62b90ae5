"""Who waits for an hour: an hour is booked for them, or they are taken off the list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.desk_permissions import ANSWER_CALLS
from pourtous.agenda.enums import Booker, NoLongerWaits
from pourtous.agenda.forms.prescribing import read_hour
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.open_booking import book_for
from pourtous.agenda.operations.waiting_first import give_up
from pourtous.agenda.queries.waiting import days_of, hours_for, waiting_for_an_hour
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import uuid7

PER_PAGE = 25


@requires(ANSWER_CALLS)
def waiting_list(request: HttpRequest) -> HttpResponse:
    """All of them, first come first."""
    page = Paginator(waiting_for_an_hour(clock.now()), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"entry": one, "days": days_of(one)} for one in page]
    return render(request, "agenda/waiting.html", {"rows": rows, "page": page})


@requires(ANSWER_CALLS)
def waiting_one(request: HttpRequest, code: str) -> HttpResponse:
    """How to reach somebody who waits, the hours that are free for them; a button books."""
    entry = _entry(code)
    problem = ""
    if request.method == "POST":
        try:
            return _book(request, entry)
        except (DomainError, ValidationError) as error:
            problem = str(error.message)
    page = {
        "entry": entry,
        "days": days_of(entry),
        "hours": hours_for(entry, clock.now()),
        "reasons": NoLongerWaits.choices,
        "problem": problem,
        "key": request.POST.get("key") or str(uuid7()),
    }
    return render(request, "agenda/waiting_one.html", page, status=422 if problem else 200)


@require_POST
@requires(ANSWER_CALLS)
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """They no longer wait, with the reason chosen."""
    entry, why = _entry(code), request.POST.get("why", "")
    if why not in NoLongerWaits.values:
        messages.error(request, _("Say why this person no longer waits."))
        return redirect("waiting-one", code=entry.code)
    give_up(entry=entry, why=NoLongerWaits(why), actor=who(request), now=clock.now())
    messages.success(request, _("%(name)s no longer waits.") % {"name": entry.first_name})
    return redirect("waiting-list")


def _entry(code: str) -> WaitingEntry:
    return get_object_or_404(waiting_for_an_hour(clock.now()), code=code)


def _book(request: HttpRequest, entry: WaitingEntry) -> HttpResponse:
    reach: dict[str, Any] = {name: getattr(entry, name) for name in ("first_name", "phone", "email", "language")}
    made = book_for(
        hour=read_hour(request.POST.get("hour", ""), Booker.DESK),
        who=Who(**reach),
        through=Booker.DESK,
        actor=who(request),
        unit=None,
        key=request.POST.get("key", ""),
        now=clock.now(),
    )
    messages.success(request, _("Booked, and told by message. The code: %(code)s.") % {"code": made.code})
    return redirect(reverse("booked", args=(key_of(made),)))
