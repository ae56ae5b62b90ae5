"""The pass numérique for the public: what it is, and whether one is concerned, in half a minute, without account."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.passes.models import Campaign
from pourtous.passes.queries.offered import asks_age, concerns, criteria_asked, handed_out, offered
from pourtous.portal.pass_forms import BirthYearForm, HomeCommuneForm, SituationForm
from pourtous.ui.forms import Form

HOME, SITUATION, BIRTH = "ou", "situation", "naissance"


@public
def about(request: HttpRequest) -> HttpResponse:
    """What a pass pays, whom it serves, who gives it: as the campaigns of today say."""
    today = clock.today()
    return render(request, "portal/passes/about.html", {"offered": [offered(one, today) for one in handed_out(today)]})


@public
def concerned(request: HttpRequest) -> HttpResponse:
    """One question a page; the answer says whom to see. Nothing is kept, nothing stands in an address."""
    campaigns = handed_out(clock.today())
    if not campaigns:
        return redirect("passes")
    steps = _steps(campaigns)
    if "pas" not in request.POST:
        return _question(request, campaigns, HOME, _form(campaigns, HOME, {}, is_sent=False))
    asked = request.POST["pas"]
    for step in steps:
        is_sent = step == asked or steps.index(step) < _place(steps, asked)
        form = _form(campaigns, step, request.POST, is_sent=is_sent)
        if not is_sent or not form.is_valid():
            return _question(request, campaigns, step, form)
    return _answer(request, campaigns)


def _steps(campaigns: list[Campaign]) -> list[str]:
    """Only what some campaign looks at."""
    steps = [HOME]
    if criteria_asked(campaigns):
        steps.append(SITUATION)
    if asks_age(campaigns):
        steps.append(BIRTH)
    return steps


def _place(steps: list[str], step: str) -> int:
    return steps.index(step) if step in steps else 0


def _form(campaigns: list[Campaign], step: str, data: Any, *, is_sent: bool) -> Form:
    given = data if is_sent else None
    if step == SITUATION:
        return SituationForm(given, kinds=criteria_asked(campaigns))
    return HomeCommuneForm(given) if step == HOME else BirthYearForm(given)


def _question(request: HttpRequest, campaigns: list[Campaign], step: str, form: Form) -> HttpResponse:
    steps = _steps(campaigns)
    earlier = {name for one in steps[: steps.index(step)] for name in _names(campaigns, one)}
    page = {
        "form": form,
        "asks": step,
        "step": steps.index(step) + 1,
        "steps_total": len(steps),
        "others": [(name, value) for name in sorted(earlier) for value in request.POST.getlist(name)],
        "back_url": reverse("passes") if step == HOME else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/passes/question.html", page, status=status)


def _names(campaigns: list[Campaign], step: str) -> set[str]:
    return {"commune", "parmi"} if step == HOME else set(_form(campaigns, step, {}, is_sent=False).fields)


def _answer(request: HttpRequest, campaigns: list[Campaign]) -> HttpResponse:
    given: dict[str, Any] = {}
    for step in _steps(campaigns):
        form = _form(campaigns, step, request.POST, is_sent=True)
        form.full_clean()
        given |= form.cleaned_data
    answer = concerns(
        campaigns,
        commune=given["found"],
        criteria=given.get("situation", ()),
        birth_year=given.get("naissance"),
        on=clock.today(),
    )
    page = {"answer": answer, "commune": given["found"], "phone": campaigns[0].help_phone}
    return render(request, "portal/passes/answer.html", page)
