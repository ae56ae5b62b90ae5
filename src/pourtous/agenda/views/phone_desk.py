"""The phone desk: what the caller says on one screen, booked for them; calls to give back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.desk_permissions import ANSWER_CALLS
from pourtous.agenda.enums import Booker, CallState, RegistrationState
from pourtous.agenda.forms.prescribing import CallerForm, read_hour
from pourtous.agenda.models import CallBack
from pourtous.agenda.operations import calls
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.open_booking import book_for
from pourtous.agenda.operations.registrations import Attendee, register, register_for_run
from pourtous.agenda.operations.sheets import send_sheet
from pourtous.agenda.queries.near_sessions import joinable_session, near_sessions
from pourtous.agenda.queries.nearby import nearby
from pourtous.agenda.queries.waiting import waiting_for_an_hour
from pourtous.agenda.rules.tokens import key_of
from pourtous.agenda.rules.wording import when
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code, uuid7
from pourtous.kernel.permissions import can
from pourtous.messaging.permissions import PRINT
from pourtous.places.queries import PlaceFilter, published, search

_PLACES, _SESSIONS, _NEAR_M = 5, 5, 25_000.0


@requires(ANSWER_CALLS)
def desk(request: HttpRequest) -> HttpResponse:
    """Places, courses and free hours near the caller; a button books or sends the sheet."""
    form = CallerForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            answer = _act(request, form.cleaned_data)
        except (DomainError, ValidationError) as error:
            problem = str(error.message)
        else:
            if answer is not None:
                return answer
    given = form.cleaned_data if form.is_bound else {}
    page = {
        "form": form,
        "problem": problem,
        "key": request.POST.get("key") or str(uuid7()),
        "calls": CallBack.objects.filter(state=CallState.WAITING).count(),
        "waiting": waiting_for_an_hour(clock.now()).count(),
        "prints": can(request.user, PRINT),
        **(_found(given) if form.is_bound else {"hours": None, "places": [], "sessions": []}),
    }
    return render(request, "agenda/phone_desk.html", page)


def _found(given: dict[str, Any]) -> dict[str, Any]:
    now, commune, words = clock.now(), given.get("commune"), given.get("words", "")
    near = commune.centre if commune else None
    radius = _NEAR_M if near else None
    places = search(PlaceFilter(near=near, radius_m=radius, words=words), now=now, limit=_PLACES)
    sessions = near_sessions(commune=commune, theme=given.get("theme", ""), now=now, limit=_SESSIONS)
    hours = nearby(booker=Booker.DESK, commune=commune, mode=given.get("mode", ""), now=now)
    return {"places": places.items, "sessions": sessions, "hours": hours}


def _act(request: HttpRequest, given: dict[str, Any]) -> HttpResponse | None:
    """What the button asks for; None when it only searches."""
    if code := request.POST.get("send"):
        place = published(code)
        if place is None:
            raise DomainError(_("This place is no longer shown."))
        send_sheet(place=place, phone=given["phone"], actor=who(request), now=clock.now())
        messages.success(request, _("The sheet is on its way by text message."))
        return None
    if request.POST.get("session") or request.POST.get("run"):
        return _register(request, given)
    if not request.POST.get("hour"):
        return None
    made = book_for(
        hour=read_hour(request.POST["hour"], Booker.DESK),
        who=_caller(given),
        through=Booker.DESK,
        actor=who(request),
        unit=None,
        key=request.POST.get("key", ""),
        now=clock.now(),
    )
    messages.success(request, _("Booked. Tell the caller the code: %(code)s.") % {"code": made.code})
    return redirect(reverse("booked", args=(key_of(made),)))


def _register(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    """A seat for the caller, or a place on the waiting list; twice is once. Then the next call."""
    now, caller = clock.now(), _caller(given)
    session = joinable_session(read_code(request.POST.get("run") or request.POST.get("session") or "") or "", now=now)
    if session is None:
        raise DomainError(_("This session has begun or is over. Choose another date."))
    way: dict[str, Any] = {
        "who": Attendee(first_name=caller.first_name, phone=caller.phone),
        "through": Booker.DESK,
        "actor": who(request),
        "now": now,
    }
    is_whole = bool(request.POST.get("run"))
    made = register_for_run(run=session.run, **way)[0] if is_whole else register(session=session, **way)
    facts = {"title": session.course.title, "when": when(made.session.starts_at), "code": made.code}
    if made.state == RegistrationState.WAITING:
        messages.success(request, _("On the waiting list: %(title)s, %(when)s. Tell the code: %(code)s.") % facts)
    else:
        messages.success(request, _("Registered: %(title)s, %(when)s. Tell the code: %(code)s.") % facts)
    return redirect("phone-desk")


def _caller(given: dict[str, Any]) -> Who:
    if not given["phone"]:
        raise DomainError(_("Write the phone number of the caller."))
    names = ("first_name", "phone", "need", "home_address")
    return Who(**{name: given[name] for name in names})


@requires(ANSWER_CALLS)
def queue(request: HttpRequest) -> HttpResponse:
    """Calls to give back, oldest first. The number is shown to who has taken the call, to nobody else."""
    rows = CallBack.objects.filter(state=CallState.WAITING).select_related("commune", "taken_by")
    listed = [{"call": one, "is_mine": one.taken_by_id == request.user.pk} for one in rows[:50]]
    return render(request, "agenda/calls.html", {"rows": listed})


@require_POST
@requires(ANSWER_CALLS)
def call(request: HttpRequest, identity: str) -> HttpResponse:
    """Take a call, or say what came of it."""
    found = CallBack.objects.filter(pk=identity).first()
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    facts: dict[str, Any] = {"call": found, "actor": who(request), "now": clock.now()}
    try:
        if act == "take":
            calls.take(**facts)
        elif act == "tried":
            calls.nobody_answered(**facts)
        elif act == "done":
            calls.done(outcome=request.POST.get("outcome", "").replace("\0", ""), **facts)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("phone-calls")
