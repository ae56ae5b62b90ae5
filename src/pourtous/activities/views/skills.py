"""Skills checks of a person: begin, go through, see what came out, take it home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.activities.forms.skills import ContextForm, LevelsForm
from pourtous.activities.models import Diagnosis
from pourtous.activities.operations import diagnoses
from pourtous.activities.queries.diagnoses import check_of, checks_of, context_of, levels_of, open_check
from pourtous.activities.rules.diagnosis import stops
from pourtous.activities.rules.questions import CONTEXT, GESTURES, LEVELS, TASKS
from pourtous.activities.skills_shown import paper, shown
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.operations import read_file
from pourtous.people.permissions import REGISTER, SEE
from pourtous.people.queries import person_for, units_that_register
from pourtous.ui.documents import answer, pdf

STEPS = ("vous", "gestes", "taches")
_QUESTIONS = {"gestes": GESTURES, "taches": TASKS}


def _person(request: HttpRequest, code: str) -> Any:
    found = person_for(request.user, code, now=clock.now())
    if found is None:
        raise Http404
    read_file(person=found, actor=who(request), what="activities.skills", now=clock.now())
    return found


def _check(request: HttpRequest, identity: UUID) -> Diagnosis:
    """The check, when the user may see the person's file."""
    found = check_of(identity)
    if found is None or person_for(request.user, found.person.code, now=clock.now()) is None:
        raise Http404
    read_file(person=found.person, actor=who(request), what="activities.skills", now=clock.now())
    return found


@requires(SEE)
@require_safe
def skills(request: HttpRequest, code: str) -> HttpResponse:
    """The checks of a person, the last one in full."""
    person = _person(request, code)
    checks = checks_of(person)
    units = units_that_register(who(request))
    context = {
        "person": person,
        "checks": list(reversed(checks)),
        "shown": shown(checks[-1]) if checks else None,
        "last": checks[-1] if checks else None,
        "opened": open_check(person, [unit.pk for unit in units]),
        "may_check": bool(units),
    }
    return render(request, "activities/skills.html", context)


@requires(REGISTER)
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a check, or go on with the one that is open."""
    person = _person(request, code)
    units = units_that_register(who(request))
    if not units:
        raise Http404
    made = diagnoses.start(person=person, unit=units[0], actor=who(request), now=clock.now())
    return redirect("skills-check", made.pk)


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One step of a check; what is answered is kept, step by step."""
    one = _check(request, identity)
    if one.finished_at is not None:
        return redirect("skills-result", one.pk)
    step = request.GET.get("etape", STEPS[0])
    if step not in STEPS:
        raise Http404
    form = _form(request, one, step)
    if request.method == "POST":
        is_whole = form.is_valid()
        _keep(one, form)
        if is_whole:
            return _onward(request, one, step)
    context = {
        "form": form,
        "check": one,
        "person": one.person,
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "back": STEPS[STEPS.index(step) - 1] if step != STEPS[0] else "",
    }
    return render(request, "activities/skills_step.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, one: Diagnosis, step: str) -> ContextForm | LevelsForm:
    posted = request.POST if request.method == "POST" else None
    if step == STEPS[0]:
        return ContextForm(posted, known=context_of(one), initial={"wish": one.wish})
    return LevelsForm(posted, questions=_QUESTIONS[step], known=levels_of(one))


def _keep(one: Diagnosis, form: ContextForm | LevelsForm) -> None:
    if isinstance(form, LevelsForm):
        diagnoses.answer(diagnosis=one, levels=form.told(), terms={})
    elif form.is_valid():
        diagnoses.answer(diagnosis=one, levels={}, terms=form.terms(), wish=form.cleaned_data["wish"])


def _onward(request: HttpRequest, one: Diagnosis, step: str) -> HttpResponse:
    """The next step; after the last one, or when the rule says to stop, the result."""
    if step == STEPS[0] or (step == STEPS[1] and not stops(levels_of(one))):
        return redirect(f"{request.path}?etape={STEPS[STEPS.index(step) + 1]}")
    try:
        diagnoses.finish(diagnosis=one, is_last="last" in request.POST, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.warning(request, error.message)
        return redirect(f"{request.path}?etape={STEPS[1]}")
    return redirect("skills-result", one.pk)


@requires(REGISTER)
@require_POST
def abandon(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Throw an unfinished check away."""
    one = _check(request, identity)
    try:
        diagnoses.discard(diagnosis=one, actor=who(request), now=clock.now())
        messages.success(request, _("The check is thrown away."))
    except DomainError as error:
        messages.warning(request, error.message)
    return redirect("skills", one.person.code)


@requires(SEE)
@require_safe
def result(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What came out of a check."""
    one = _finished(request, identity)
    return render(request, "activities/skills_result.html", {"check": one, "person": one.person, "shown": shown(one)})


@requires(SEE)
@require_safe
def result_paper(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The same as a picture to take home."""
    one = _finished(request, identity)
    said = paper(one, shown(one))
    return answer(pdf("activities/skills.typ", said, title=str(said["heading"])), name=f"bilan-{one.person.code}.pdf")


def _finished(request: HttpRequest, identity: UUID) -> Diagnosis:
    one = _check(request, identity)
    if one.finished_at is None:
        raise Http404
    return one


@requires(REGISTER)
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The questions on paper, to be answered without a screen."""
    context = {"context": CONTEXT, "gestures": GESTURES, "tasks": TASKS, "levels": LEVELS}
    return render(request, "activities/skills_blank.html", context)
