"""Registering for a session without account: one question a page, answers checked, a page to come back to.

What a person says travels in the form itself, never in an address; nothing is kept before the last button.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Booker, RegistrationState, SessionState
from pourtous.agenda.exporters.courses import calendar
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.registrations import (
    Attendee,
    cancel_registration,
    cancel_together,
    register,
    register_for_run,
)
from pourtous.agenda.queries import catalogue, registrations
from pourtous.agenda.queries.catalogue import FoundSession
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.portal import meetings
from pourtous.portal.course_forms import OTHER, WHOLE, CodeForm, ForWhomForm, NameForm, ReachForm, ScopeForm
from pourtous.portal.guessing import count_guess, has_guessed_enough, limits_guesses
from pourtous.portal.views.courses import ics, shown_session
from pourtous.ui.components import Step
from pourtous.ui.format import phone as written_phone
from pourtous.ui.forms import Form

CHECK = "verifier"
FORMS: dict[str, type[Form]] = {"seances": ScopeForm, "qui": ForWhomForm, "prenom": NameForm, "joindre": ReachForm}


@dataclass(frozen=True)
class _Asking:
    """Where somebody stands in the questions."""

    session: Session
    steps: tuple[str, ...]
    data: dict[str, str]

    def form(self, step: str, *, is_sent: bool) -> Form:
        """The form of a step: with what was sent, or filled with what is known."""
        kind = FORMS[step]
        return kind(self.data) if is_sent else kind(initial=self.data)

    def others(self, step: str) -> list[tuple[str, str]]:
        """What the page of a step carries along: all answers but its own."""
        own = set(FORMS[step].base_fields) if step in FORMS else set()
        return [(name, value) for name, value in self.data.items() if name not in own]

    def first_wrong(self) -> tuple[str, Form] | None:
        """The first step whose answer does not hold, with its errors."""
        for step in self.steps:
            form = self.form(step, is_sent=True)
            if not form.is_valid():
                return step, form
        return None


def _asking(request: HttpRequest, session: Session) -> _Asking:
    coming = [one for one in catalogue.sessions_of_run(session) if meetings.joinable(one, clock.now())]
    steps = tuple(FORMS) if len(coming) > 1 else tuple(FORMS)[1:]
    names = [name for step in steps for name in FORMS[step].base_fields] + ["venu"]
    sent = request.POST if request.method == "POST" else request.GET
    kept = ("venu",) if request.method != "POST" else names
    return _Asking(session, steps, {name: str(sent[name])[:300] for name in kept if sent.get(name)})


@public
def registering(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, one a page, then what was answered; the last button registers."""
    session = shown_session(code)
    if not meetings.joinable(session, clock.now()):
        return redirect("session", code=session.code)
    asking = _asking(request, session)
    asked, back = request.POST.get("etape", ""), request.POST.get("retour", "")
    if request.method != "POST":
        return _page(request, asking, asking.steps[0], asking.form(asking.steps[0], is_sent=False))
    if back in asking.steps:
        return _page(request, asking, back, asking.form(back, is_sent=False))
    shown = _next_question(asking, asked) or asking.first_wrong()
    if shown is not None:
        return _page(request, asking, *shown)
    return _register(request, asking) if asked == CHECK else _check(request, asking)


def _next_question(asking: _Asking, asked: str) -> tuple[str, Form] | None:
    """The question just asked when its answer does not hold, else the one that follows; None when all is answered."""
    if asked not in asking.steps:
        return None
    form = asking.form(asked, is_sent=True)
    if not form.is_valid():
        return asked, form
    following = asking.steps[asking.steps.index(asked) + 1 :]
    if not following or _is_complete(asking, following):
        return None
    return following[0], asking.form(following[0], is_sent=False)


def _is_complete(asking: _Asking, steps: tuple[str, ...]) -> bool:
    """Whether these questions are answered already: one answer was changed."""
    return all(asking.form(step, is_sent=True).is_valid() for step in steps)


def _page(request: HttpRequest, asking: _Asking, step: str, form: Form) -> HttpResponse:
    index = asking.steps.index(step) if step in asking.steps else 0
    page = {
        "form": form,
        "question": _question(step, asking),
        "name": step,
        "step": index + 1,
        "steps_total": len(asking.steps) + 1,
        "hidden": asking.others(step),
        "session": asking.session,
        "one": meetings.meeting(FoundSession(asking.session, None), clock.now()),
        "back_url": reverse("session", args=(asking.session.code,)) if index == 0 else "",
        "previous": asking.steps[index - 1] if index else "",
    }
    return render(request, "portal/courses/ask.html", page)


def _question(step: str, asking: _Asking) -> str:
    is_other = asking.data.get("pour") == OTHER
    return {
        "seances": _("Which sessions do you come to?"),
        "qui": _("Who is the seat for?"),
        "prenom": _("What is the first name of who comes?") if is_other else _("What is your first name?"),
        "joindre": _("How can we reach you?"),
    }[step]


def _check(request: HttpRequest, asking: _Asking, problem: str = "") -> HttpResponse:
    data = asking.data
    is_whole = data.get("quoi") == WHOLE
    answers = [
        ("prenom", _("First name"), data.get("prenom", "")),
        ("joindre", _("To reach you"), " · ".join(filter(None, (_phone(data), data.get("courriel", ""))))),
    ]
    if "seances" in asking.steps:
        answers.insert(0, ("seances", _("Sessions"), _("All the sessions") if is_whole else _("Only this one")))
    sessions = [one for one in catalogue.sessions_of_run(asking.session) if meetings.joinable(one, clock.now())]
    page = {
        "one": meetings.meeting(FoundSession(asking.session, None), clock.now()),
        "meetings": [meetings.meeting(FoundSession(one, None), clock.now()) for one in sessions] if is_whole else [],
        "price": meetings.price(asking.session.course),
        "answers": answers,
        "hidden": list(data.items()),
        "problem": problem,
        "session": asking.session,
        "name": CHECK,
        "step": len(asking.steps) + 1,
        "steps_total": len(asking.steps) + 1,
    }
    return render(request, "portal/courses/check.html", page)


def _phone(data: dict[str, str]) -> str:
    return written_phone(data["telephone"]) if data.get("telephone") else ""


def _register(request: HttpRequest, asking: _Asking) -> HttpResponse:
    data = asking.data
    who = Attendee(
        first_name=data["prenom"],
        phone=data.get("telephone", ""),
        email=data.get("courriel", ""),
        language=get_language() or "fr",
        is_for_other=data.get("pour") == OTHER,
    )
    way: dict[str, Any] = {
        "who": who,
        "through": Booker.PUBLIC,
        "actor": request.user,
        "now": clock.now(),
        "came_from": registrations.event_of_code(read_code(data.get("venu", "")) or ""),
    }
    try:
        if data.get("quoi") == WHOLE:
            made = register_for_run(run=asking.session.run, **way)[0]
        else:
            made = register(session=asking.session, **way)
    except DomainError as error:
        return _check(request, asking, problem=str(error))
    return redirect("registration", code=made.code)


def _registration(code: str) -> Registration:
    """The registration of a code as a person types it, else 404. One's code is one's key: the page names nobody."""
    found = registrations.of_code(read_code(code) or "")
    if found is None:
        raise Http404
    return found


@public
@limits_guesses
def registration(request: HttpRequest, code: str) -> HttpResponse:
    """What was registered, what happens next, and how to give the seat back."""
    found = _registration(code)
    return render(request, "portal/courses/registration.html", _shown(found))


def _shown(found: Registration) -> dict[str, Any]:
    now = clock.now()
    rows = [(row, meetings.meeting(FoundSession(row.session, None), now)) for row in registrations.together(found)]
    one = meetings.meeting(FoundSession(found.session, None), now)
    url = reverse("registration", args=(found.code,))
    is_waiting = found.state == RegistrationState.WAITING
    return {
        "registration": found,
        "one": one,
        "course": found.session.course,
        "price": meetings.price(found.session.course),
        "rows": rows if len(rows) > 1 else [],
        "is_waiting": is_waiting,
        "before": registrations.waiting_before(found) if is_waiting else 0,
        "is_cancelled": found.state == RegistrationState.CANCELLED,
        "session_cancelled": found.session.state == SessionState.CANCELLED,
        "may_cancel": any(_may_cancel(row, now) for row, _meeting in rows),
        "steps": _steps(found),
        "phone": meetings.contact_phone(found.session),
        "share": meetings.share(one, url),
        "url": settings.PUBLIC_URL + url,
        "cancel_url": reverse("registration-cancel", args=(found.code,)),
        "back_url": url,
        "now": now,
    }


def _may_cancel(row: Registration, now: Any) -> bool:
    return row.state in {RegistrationState.REGISTERED, RegistrationState.WAITING} and row.session.starts_at > now


def _steps(found: Registration) -> list[Step]:
    if found.state == RegistrationState.WAITING:
        return [
            Step(_("A seat may become free."), _("We tell you at once. It is then yours.")),
            Step(_("You need do nothing."), _("No answer is needed.")),
        ]
    what = _("Take your booklet of passes.") if found.session.course.pass_cost else _("Take nothing but your glasses.")
    return [
        Step(_("Two days before, a message."), _("It tells you the hour and the place again.")),
        Step(_("On the day, you come."), what),
        Step(_("Someone welcomes you."), _("Everybody goes at their own pace.")),
    ]


@public
@limits_guesses
def registration_print(request: HttpRequest, code: str) -> HttpResponse:
    """The registration on one sheet of paper."""
    return render(request, "portal/courses/registration_print.html", _shown(_registration(code)))


@public
@limits_guesses
def registration_calendar(_request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a registration for one's own calendar: no name in it."""
    found = _registration(code)
    kept = [row.session for row in registrations.together(found) if row.state != RegistrationState.CANCELLED]
    return ics(calendar(kept, title=found.session.course.title, now=clock.now()), f"seances-{found.session.code}")


@public
@limits_guesses
def registration_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Are you sure is asked once, with what will happen; the button gives the seat back."""
    found = _registration(code)
    if request.method == "POST":
        return _cancel(request, found)
    page = _shown(found)
    if not page["may_cancel"]:
        return redirect("registration", code=found.code)
    return render(request, "portal/courses/cancel.html", page)


def _cancel(request: HttpRequest, found: Registration) -> HttpResponse:
    way: dict[str, Any] = {"by_person": True, "actor": None, "now": clock.now()}
    try:
        if request.POST.get("quoi") == WHOLE:
            cancel_together(registration=found, **way)
        else:
            cancel_registration(registration=found, **way)
    except DomainError as error:
        return render(request, "portal/courses/cancel.html", _shown(found) | {"problem": str(error)})
    return redirect("registration", code=found.code)


@public
def by_code(request: HttpRequest) -> HttpResponse:
    """I have a code: it leads to the registration."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = _guessed(request, form)
        if found is not None:
            return redirect("registration", code=found.code)
    return render(request, "portal/courses/by_code.html", {"form": form, "back_url": reverse("training")})


def _guessed(request: HttpRequest, form: CodeForm) -> Registration | None:
    """The registration of a typed code; what is wrong stands in the form."""
    if has_guessed_enough(request):
        form.add_error("code", _("Too many tries. Wait ten minutes, or call us."))
        return None
    found = registrations.of_code(form.cleaned_data["code"])
    if found is None:
        count_guess(request)
        form.add_error("code", _("Nothing is registered under this code. Read it again, letter by letter."))
    return found


@public
def event(_request: HttpRequest, code: str) -> HttpResponse:
    """Behind the QR of a slip given at a market: the next sessions to try once, near the event."""
    found = registrations.event_of_code(read_code(code) or "")
    if found is None:
        raise Http404
    near = found.place.commune_id if found.place else found.commune_id
    where = f"&commune={near}" if near else ""
    name = "courses" if near else "course-where"
    return redirect(f"{reverse(name)}?essai=oui&venu={found.code}{where}")
