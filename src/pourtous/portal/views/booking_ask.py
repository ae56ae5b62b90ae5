"""Booking a free hour: one question a page, answers checked, then the button that books.

What a person says travels in the form itself, never in an address; nothing is kept before the last button.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pourtous.agenda.enums import AppointmentState, Booker, Mode
from pourtous.agenda.models import Appointment, AppointmentKind
from pourtous.agenda.operations.appointments import SlotTaken, Who
from pourtous.agenda.operations.confirming import release
from pourtous.agenda.operations.open_booking import HoldOver, Hour, book_openly
from pourtous.agenda.queries.offers import kind_for
from pourtous.agenda.rules.contacts import read_email
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import uuid7
from pourtous.kernel.network_limits import is_too_often, times
from pourtous.people.rules.phones import read_phone
from pourtous.places.models import Place
from pourtous.places.queries import published
from pourtous.portal import booking
from pourtous.portal.booking_forms import CallForm, HomeForm, ReachBookerForm
from pourtous.portal.course_forms import NameForm
from pourtous.portal.rules import choices
from pourtous.portal.rules.errand import Errand, Picked, read, read_picked
from pourtous.portal.views.booking import address, ask_url
from pourtous.ui.format import phone as written_phone
from pourtous.ui.forms import Form

CHECK = "verifier"
HOUR, DAY = 3600, 86_400
_BOOKED, _HELD = "booked-today", "held"
_BEFORE = 3  # questions before these: need, where, hour


@dataclass(frozen=True)
class _Asking:
    """Where somebody stands in the questions."""

    picked: Picked
    errand: Errand
    kind: AppointmentKind
    place: Place | None
    forms: dict[str, type[Form]]
    data: dict[str, str]

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions, in order."""
        return tuple(self.forms)

    @property
    def url(self) -> str:
        """The address of these questions: the hour, nothing personal."""
        return ask_url(self.errand, self.picked)

    def form(self, step: str, *, is_sent: bool) -> Form:
        """The form of a step: with what was sent, or filled with what is known."""
        kind = self.forms[step]
        return kind(self.data) if is_sent else kind(initial=self.data)

    def others(self, step: str) -> list[tuple[str, str]]:
        """What the page of a step carries along: all answers but its own."""
        own = set(self.forms[step].base_fields) if step in self.forms else set()
        return [(name, value) for name, value in self.data.items() if name not in own]

    def first_wrong(self) -> tuple[str, Form] | None:
        """The first step whose answer does not hold, with its errors."""
        sent = ((step, self.form(step, is_sent=True)) for step in self.steps)
        return next(((step, form) for step, form in sent if not form.is_valid()), None)

    def next_question(self, asked: str) -> tuple[str, Form] | None:
        """The question just asked when its answer does not hold, else the next one open; None when all is answered."""
        if asked not in self.steps:
            return None
        form = self.form(asked, is_sent=True)
        if not form.is_valid():
            return asked, form
        following = self.steps[self.steps.index(asked) + 1 :]
        is_open = any(not self.form(step, is_sent=True).is_valid() for step in following)
        return (following[0], self.form(following[0], is_sent=False)) if is_open else None


def _forms(mode: str) -> dict[str, type[Form]]:
    reach: type[Form] = CallForm if mode == Mode.PHONE else ReachBookerForm
    home: dict[str, type[Form]] = {"adresse": HomeForm} if mode == Mode.HOME else {}
    return {"prenom": NameForm, "joindre": reach, **home}


def _asking(request: HttpRequest) -> _Asking | None:
    """What is asked for, from the address; None when the address names no hour of ours."""
    picked = read_picked(request.GET)
    kind = kind_for(picked.kind, Booker.PUBLIC) if picked else None
    place = published(picked.place) if picked and picked.place else None
    if picked is None or kind is None or (picked.place and place is None):
        return None
    forms = _forms(picked.mode)
    names = [name for form in forms.values() for name in form.base_fields] + ["cle"]
    sent = request.POST if request.method == "POST" else QueryDict()
    data = {name: str(sent[name])[:300] for name in names if sent.get(name)}
    return _Asking(picked, read(request.GET), kind, place, forms, data)


@public
def ask(request: HttpRequest) -> HttpResponse:
    """The questions, one a page, then what was answered; the last button books."""
    asking = _asking(request)
    if asking is None:
        return redirect(address("booking-slots", read(request.GET)))
    asked, back = request.POST.get("etape", ""), request.POST.get("retour", "")
    if request.method != "POST":
        return _page(request, asking, asking.steps[0], asking.form(asking.steps[0], is_sent=False))
    if back in asking.steps:
        return _page(request, asking, back, asking.form(back, is_sent=False))
    shown = asking.next_question(asked) or asking.first_wrong()
    if shown is not None:
        return _page(request, asking, *shown)
    return _book(request, asking) if asked == CHECK and "cle" in asking.data else _check(request, asking)


def _page(request: HttpRequest, asking: _Asking, step: str, form: Form) -> HttpResponse:
    index = asking.steps.index(step)
    page = {
        "form": form,
        "question": _question(step),
        "name": step,
        "step": _BEFORE + index + 1,
        "steps_total": _BEFORE + len(asking.steps) + 1,
        "hidden": asking.others(step),
        "chosen": _chosen(asking),
        "action_url": asking.url,
        "back_url": address("booking-slots", asking.errand) if index == 0 else "",
        "previous": asking.steps[index - 1] if index else "",
    }
    return render(request, "portal/booking/ask.html", page)


def _question(step: str) -> str:
    return {
        "prenom": _("What is your first name?"),
        "joindre": _("How can we reach you?"),
        "adresse": _("Where do we come?"),
    }[step]


def _chosen(asking: _Asking) -> str:
    """The hour that was chosen, on one line."""
    where = asking.place.name if asking.place and asking.picked.mode == Mode.PLACE else ""
    return ", ".join(
        part
        for part in (booking.moment(asking.picked.starts_at), where or booking.mode_words(asking.picked.mode))
        if part
    )


def _check(request: HttpRequest, asking: _Asking, problem: str = "") -> HttpResponse:
    data = asking.data
    reach = " · ".join(filter(None, (_phone(data), data.get("courriel", ""))))
    answers = [("prenom", _("First name"), data["prenom"]), ("joindre", _("To reach you"), reach)]
    if "adresse" in asking.steps:
        answers.append(("adresse", _("Your address"), data["adresse"]))
    hidden = {**data, "cle": data.get("cle") or str(uuid7())}
    page = {
        "when": booking.moment(asking.picked.starts_at),
        "where": booking.where_lines(asking.picked.mode, asking.place),
        "kind": asking.kind,
        "need": choices.need(asking.errand.need),
        "answers": answers,
        "hidden": list(hidden.items()),
        "problem": problem,
        "name": CHECK,
        "action_url": asking.url,
        "step": _BEFORE + len(asking.steps) + 1,
        "steps_total": _BEFORE + len(asking.steps) + 1,
        "slots_url": address("booking-slots", asking.errand),
    }
    return render(request, "portal/booking/check.html", page)


def _phone(data: dict[str, str]) -> str:
    return written_phone(data["telephone"]) if data.get("telephone") else ""


def _who(asking: _Asking) -> Who:
    data, need = asking.data, choices.need(asking.errand.need)
    return Who(
        first_name=data["prenom"],
        phone=read_phone(data.get("telephone", "")) or "",
        email=read_email(data.get("courriel", "")) or "",
        need=str(need.title) if need and need is not choices.UNSURE else "",
        language=get_language() or "fr",
        home_address=data.get("adresse", ""),
    )


def _book(request: HttpRequest, asking: _Asking) -> HttpResponse:
    is_much = is_too_often(request, "booking", most=settings.BOOKING["per_network"], seconds=HOUR)
    if is_much or times(request, _HELD) >= settings.BOOKING["held_per_network"]:
        problem = _("Many appointments were just made from here. Try again in an hour, or call us.")
        return _check(request, asking, problem=problem)
    picked = asking.picked
    hour = Hour(asking.kind, picked.starts_at, picked.mode, asking.place)
    is_unusual = times(request, _BOOKED) >= settings.BOOKING["unusual_network"]
    release(now=clock.now())
    try:
        made = book_openly(hour=hour, who=_who(asking), key=asking.data["cle"], now=clock.now(), is_unusual=is_unusual)
    except SlotTaken as taken:
        return _taken(request, asking, taken)
    except HoldOver as over:
        data = {name: value for name, value in asking.data.items() if name != "cle"}
        return _check(request, replace(asking, data=data), problem=over.message)
    except DomainError as error:
        return _check(request, asking, problem=error.message)
    return _made(request, made)


def _made(request: HttpRequest, made: Appointment) -> HttpResponse:
    """To its page, or to the code to type; only what was booked or held counts for this network, not what failed."""
    is_held = made.state == AppointmentState.HELD
    is_too_often(request, _HELD if is_held else _BOOKED, most=0, seconds=HOUR if is_held else DAY)
    return redirect("booking-confirm" if is_held else "booked", key=key_of(made))


def _taken(request: HttpRequest, asking: _Asking, taken: SlotTaken) -> HttpResponse:
    """Somebody was faster: other hours, each a button that keeps what was typed."""

    def url(picked: Picked) -> str:
        return ask_url(asking.errand, replace(picked, place=picked.place))

    hidden = [(name, value) for name, value in asking.data.items() if name != "cle"]
    page: dict[str, Any] = {
        "when": booking.moment(asking.picked.starts_at),
        "days": booking.others(taken.others, asking.errand, url),
        "hidden": hidden,
        "name": CHECK,
        "slots_url": address("booking-slots", asking.errand),
        "back_url": reverse("home"),
    }
    return render(request, "portal/booking/taken.html", page, status=409)
