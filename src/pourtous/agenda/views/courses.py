"""Courses of one's unit: the list, one course, writing it, publishing it, planning its sessions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.agenda.enums import CourseState, Format
from pourtous.agenda.forms.courses import CourseForm, RunForm
from pourtous.agenda.models import Course
from pourtous.agenda.operations import courses as operations
from pourtous.agenda.operations.sessions import plan_run
from pourtous.agenda.permissions import EDIT_COURSES
from pourtous.agenda.queries import courses as queries
from pourtous.agenda.queries.openings import zone_of
from pourtous.agenda.rules.holidays import is_public_holiday, school_holidays
from pourtous.agenda.rules.runs import dates, meeting, meetings
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.text import clean

PER_PAGE = 40


def held_course(request: HttpRequest, code: str) -> Course:
    """The course of an address, when the user's unit holds it: else 404."""
    found = queries.course(read_code(code) or "")
    if found is None:
        raise Http404
    authorise(request, EDIT_COURSES, found.unit)
    return found


@requires(EDIT_COURSES)
def course_list(request: HttpRequest) -> HttpResponse:
    """The courses of my units, with their next date."""
    state, words = request.GET.get("etat", "")[:20], clean(request.GET.get("q", "")[:80])
    rows = queries.courses_of(who(request), state=state, words=words, now=clock.now())
    page = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "words": words,
        "states": CourseState.choices,
    }
    return render(request, "agenda/courses/list.html", page)


@requires(EDIT_COURSES)
def course_new(request: HttpRequest) -> HttpResponse:
    """A new course: a draft first."""
    form = CourseForm(request.POST if request.method == "POST" else None, user=who(request))
    if form.is_bound and form.is_valid():
        unit: Unit = form.cleaned_data["unit"]
        authorise(request, EDIT_COURSES, unit)
        try:
            made = operations.create_course(unit=unit, facts=form.facts(), actor=who(request), now=clock.now())
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The course is a draft. Plan its sessions, then publish it."))
            return redirect("work-course", code=made.code)
    return render(request, "agenda/courses/edit.html", {"form": form, "course": None})


@requires(EDIT_COURSES)
def course_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a course."""
    found = held_course(request, code)
    form = CourseForm(request.POST if request.method == "POST" else None, user=who(request), course=found)
    if form.is_bound and form.is_valid():
        try:
            operations.update_course(course=found, facts=form.facts(), actor=who(request), now=clock.now())
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("work-course", code=found.code)
    return render(request, "agenda/courses/edit.html", {"form": form, "course": found})


@requires(EDIT_COURSES)
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what it is, whether the public sees it, its sessions."""
    found, now = held_course(request, code), clock.now()
    runs = queries.runs_of(found)
    page = {
        "course": found,
        "aims": [line for line in found.aims.splitlines() if line.strip()],
        "runs": [(run, list(run.sessions.all())) for run in runs],
        "moves": sorted(operations.COURSE_MOVES[CourseState(found.state)]),
        "now": now,
        "is_outreach": found.format == Format.OUTREACH,
    }
    return render(request, "agenda/courses/course.html", page)


@require_POST
@requires(EDIT_COURSES)
def course_state(request: HttpRequest, code: str) -> HttpResponse:
    """Publish, close, or take back to draft."""
    found = held_course(request, code)
    state = request.POST.get("etat", "")
    if state not in CourseState.values:
        raise Http404
    try:
        operations.move_course(course=found, state=CourseState(state), actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("work-course", code=found.code)


@require_POST
@requires(EDIT_COURSES)
def course_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The same course as a new draft."""
    copy = operations.duplicate_course(course=held_course(request, code), actor=who(request), now=clock.now())
    messages.success(request, _("This is the copy. Change what is different."))
    return redirect("work-course-edit", code=copy.code)


@requires(EDIT_COURSES)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Sessions by a pattern: dates are shown before anything is saved."""
    found = held_course(request, code)
    initial: dict[str, Any] = {
        "minutes": found.minutes,
        "count": found.session_count,
        "seats": found.seats,
        "skips_public": True,
        "is_open": True,
    }
    form = RunForm(
        request.POST if request.method == "POST" else None,
        unit=found.unit,
        is_outreach=found.format == Format.OUTREACH,
        initial=initial,
    )
    shown: list[tuple[Any, str]] = []
    if form.is_bound and form.is_valid():
        left_out = _left_out(form)
        shown = [
            (meeting(one.day, form.pattern().starts, form.pattern().minutes), one.reason)
            for one in dates(form.pattern(), left_out)
        ]
        if request.POST.get("action") == "save" and _save(request, found, form):
            return redirect("work-course", code=found.code)
    page = {"form": form, "course": found, "dates": shown, "kept": sum(not reason for _when, reason in shown)}
    return render(request, "agenda/courses/plan.html", page)


def _left_out(form: RunForm) -> Any:
    """Why nothing takes place on a day, in words; "" when something does."""
    skips_public, skips_school = form.cleaned_data["skips_public"], form.cleaned_data["skips_school"]

    def reason(day: date) -> str:
        if skips_public and is_public_holiday(day):
            return _("public holiday")
        return _("school holidays") if skips_school and day in school_holidays(day.year, zone_of(skips=True)) else ""

    return reason


def _save(request: HttpRequest, found: Course, form: RunForm) -> bool:
    """Whether the run was planned; else the form says why not."""
    try:
        plan_run(
            course=found,
            meetings=meetings(form.pattern(), _left_out(form)),
            venue=form.venue(),
            means=form.means(),
            actor=who(request),
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, _("The sessions are planned."))
    if found.state == CourseState.DRAFT:
        messages.warning(request, _("The public does not see this course yet: publish it."))
    return True
