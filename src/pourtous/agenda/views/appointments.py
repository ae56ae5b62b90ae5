"""One appointment: booked, looked at, settled, moved, corrected, cancelled."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who as who_asks
from pourtous.agenda.appointment_actions import actions
from pourtous.agenda.enums import AppointmentState, Booker
from pourtous.agenda.forms.appointments import BookForm, WhenForm, WhoForm, initial_of
from pourtous.agenda.models import Appointment, AppointmentKind
from pourtous.agenda.operations import appointments as operations
from pourtous.agenda.operations.appointments import SlotTaken
from pourtous.agenda.permissions import SEE, USE
from pourtous.agenda.queries import desk
from pourtous.agenda.queries.day import full_name, phone_of, where_of
from pourtous.agenda.queries.slots import Slot, free_slots
from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.agenda.views.addresses import appointment_of, day_asked
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.queries import person_for
from pourtous.runtime.idempotency import fingerprint, once

_SUGGESTED = 8


@requires(USE)
def new(request: HttpRequest) -> HttpResponse:
    """Book somebody in. What is free soon is shown first; any other hour can be typed."""
    now = clock.now()
    data = _with_slot(request) if request.method == "POST" else None
    form = BookForm(data, user=request.user, now=now, initial=_asked(request))
    others: Sequence[Slot] = ()
    if not form.is_bound:
        form.fields["person"].look_in(  # type: ignore[attr-defined]
            request.user,
            now=now,
            chosen=person_for(request.user, request.GET.get("personne", "").replace("\0", ""), now=now),
        )
    if form.is_bound and form.is_valid():
        try:
            code = _book(request, form, now)
        except SlotTaken as taken:
            form.add_error("hour", taken.message)
            others = taken.others
        except DomainError as error:
            field = "hour" if error.field == "starts_at" else error.field
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, _("The appointment is booked."))
            _warn_of_holiday(request, form.cleaned_data["day"])
            return redirect("appointment", code=code)
    context = {"form": form, "others": others, "key": _key(request, form), "suggested": _suggested(request, form, now)}
    return render(request, "agenda/new.html", context)


def _warn_of_holiday(request: HttpRequest, day: date) -> None:
    """Colleagues know what they do; a public holiday typed by mistake is worth a word."""
    if is_public_holiday(day):
        messages.warning(request, _("This day is a public holiday."))


def _with_slot(request: HttpRequest) -> Any:
    """What was typed; a slot offered in place of one that is taken fills day and hour."""
    data = request.POST.copy()
    day, _sep, hour = data.get("slot", "").partition(" ")
    if day and hour:
        data["day"], data["hour"] = day, hour
    return data


def _key(request: HttpRequest, form: BookForm) -> str:
    """What makes two clicks one booking; a new one once the old has been answered."""
    typed = request.POST.get("key", "")
    return typed if typed and not form.non_field_errors() else str(uuid4())


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What an address fills in: type, jour, heure, de; else the agenda of who asks, and the commonest way."""
    mine = desk.mediator_of(request.user)
    kinds = list(desk.kinds(desk.unit_ids(request.user))[:2])
    places = list(desk.places(desk.unit_ids(request.user))[:2])
    asked = {name: value if _WORD.fullmatch(value) else "" for name in _ASKED if (value := request.GET.get(name, ""))}
    return {
        "kind": _id(asked.get("type")) or (kinds[0].pk if kinds else None),
        "day": day_asked(request),
        "hour": asked.get("heure", ""),
        "mediator": _id(asked.get("de")) or (mine.pk if mine else None),
        "mode": asked.get("mode") or "place",
        "place": _id(asked.get("lieu")) or (places[0].pk if len(places) == 1 else None),
    }


_ASKED = ("type", "heure", "de", "mode", "lieu")
_WORD = re.compile(r"[\w:.-]{1,60}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _id(text: str | None) -> str | None:
    return text if text and _ID.fullmatch(text) else None


def _book(request: HttpRequest, form: BookForm, now: datetime) -> str:
    given = form.cleaned_data

    def action() -> dict[str, Any]:
        booked = operations.book(
            kind=given["kind"],
            starts_at=form.starts_at(),
            mode=given["mode"],
            place=given["place"],
            mediator=given["mediator"],
            room=given["room"],
            who=form.who(),
            through=Booker.COLLEAGUE,
            actor=who_asks(request),
            now=now,
        )
        return {"code": booked.code}

    asked = fingerprint({name: str(value) for name, value in given.items()})
    answer = once(request.POST.get("key", ""), asked, action, scope=f"agenda.book:{request.user.pk}", now=now)
    return str(answer["code"])


def _suggested(request: HttpRequest, form: BookForm, now: datetime) -> list[dict[str, str]]:
    """The next free slots of the kind, as links that fill the form."""
    if form.is_bound:
        return []
    kinds = desk.kinds(desk.unit_ids(request.user))
    kind = kinds.filter(pk=form.initial["kind"]).first() if form.initial["kind"] else kinds.first()
    mediators = [one for one in desk.colleagues(request.user) if str(one.pk) == str(form.initial["mediator"])]
    if kind is None or not mediators:
        return []
    return [_link(slot, kind, request.GET.get("personne", "")) for slot in _next(kind, mediators, now)]


def _next(kind: AppointmentKind, mediators: list[Any], now: datetime) -> list[Slot]:
    return free_slots(
        kind=_for_colleagues(kind),
        mediators=mediators,
        booker=Booker.COLLEAGUE,
        first=clock.today(),
        days=30,
        now=now,
        limit=_SUGGESTED,
    )


def _for_colleagues(kind: AppointmentKind) -> AppointmentKind:
    kind.bookers = (*kind.bookers, Booker.COLLEAGUE)
    return kind


def _link(slot: Slot, kind: AppointmentKind, person: str) -> dict[str, Any]:
    at = paris(slot.starts_at)
    query = f"?type={kind.pk}&jour={at:%Y-%m-%d}&heure={at:%H:%M}&mode={slot.mode}&de={slot.resource_ids[0]}"
    query += f"&lieu={slot.place_id}" if slot.place_id else ""
    query += f"&personne={person}" if person.isalnum() else ""
    return {"at": slot.starts_at, "query": query}


def _page(request: HttpRequest, appointment: Appointment, **more: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "appointment": appointment,
        "name": full_name(appointment),
        "phone": phone_of(appointment),
        "where": where_of(appointment),
        "day": paris(appointment.starts_at).date(),
        "has_begun": appointment.starts_at <= now,
        "is_booked": appointment.state == AppointmentState.BOOKED,
        "actions": actions(appointment, who_asks(request), now=now),
        "is_settled": appointment.state in {AppointmentState.HONOURED, AppointmentState.MISSED},
        "person": _seen_person(request, appointment, now),
        "form": more.get("form") or WhenForm(initial=_when(appointment)),
        **more,
    }


def _seen_person(request: HttpRequest, appointment: Appointment, now: datetime) -> Any:
    """The file, for those who may open it: an appointment of the unit does not open files."""
    person = appointment.person
    return person_for(request.user, person.code, now=now) if person else None


def _when(appointment: Appointment) -> dict[str, Any]:
    at = paris(appointment.starts_at)
    return {"day": at.date(), "hour": at.time()}


@requires(SEE)
def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """All about one appointment, and what can be done with it."""
    return render(request, "agenda/appointment.html", _page(request, appointment_of(request, code)))


@require_POST
@requires(SEE)
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Came, did not come, or neither after all."""
    one = appointment_of(request, code)
    state = request.POST.get("state", "")
    try:
        operations.settle(appointment=one, state=state, actor=who_asks(request), now=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Noted: %(state)s.") % {"state": AppointmentState(state).label})
    return _back(request, one)


def _back(request: HttpRequest, one: Appointment) -> HttpResponse:
    """To the page one came from, when it is ours."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(asked)
    return redirect("appointment", code=one.code)


@requires(SEE)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Another hour, with what is free soon."""
    one = appointment_of(request, code)
    data = _with_slot(request) if request.method == "POST" else None
    form = WhenForm(data, initial=_when(one))
    others: Sequence[Slot] = ()
    if form.is_bound and form.is_valid():
        try:
            operations.move(
                appointment=one,
                starts_at=form.starts_at(),
                through=Booker.COLLEAGUE,
                actor=who_asks(request),
                now=clock.now(),
            )
        except SlotTaken as taken:
            form.add_error("hour", taken.message)
            others = taken.others
        except DomainError as error:
            form.add_error("hour" if error.field == "starts_at" else None, error.message)
        else:
            messages.success(request, _("The appointment has another hour."))
            _warn_of_holiday(request, form.cleaned_data["day"])
            return redirect("appointment", code=one.code)
    free = others or _next(one.kind, [one.mediator], clock.now())
    return render(request, "agenda/move.html", _page(request, one, form=form, others=free))


@requires(SEE)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes and how to reach them."""
    one = appointment_of(request, code)
    now = clock.now()
    posted = request.POST if request.method == "POST" else None
    form = WhoForm(posted, user=request.user, now=now, initial=initial_of(one))
    seen = _seen_person(request, one, now)
    if posted is None and seen is not None:
        form.fields["person"].look_in(request.user, now=now, chosen=seen)  # type: ignore[attr-defined]
    if one.person is not None and seen is None:
        del form.fields["person"]  # of a unit we are not in: neither shown nor changed
    if form.is_bound and form.is_valid():
        try:
            operations.correct(appointment=one, who=form.who(kept=one.person), actor=who_asks(request), now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("appointment", code=one.code)
    return render(request, "agenda/correct.html", _page(request, one, form=form))


@require_POST
@requires(SEE)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel, saying on whose side."""
    one = appointment_of(request, code)
    try:
        operations.cancel(
            appointment=one,
            by_person=request.POST.get("by") == "person",
            reason=request.POST.get("reason", "").replace("\0", ""),
            actor=who_asks(request),
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The appointment is cancelled. The time is free again."))
    return _back(request, one)
