"""A prescriber registers a person their unit follows for a course, on one screen, and sees what became of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.desk_permissions import PRESCRIBE
from pourtous.agenda.enums import Booker, RegistrationState
from pourtous.agenda.forms.prescribing import PrescribeCourseForm
from pourtous.agenda.models import Registration
from pourtous.agenda.operations.prescriber_news import send_again, was_told
from pourtous.agenda.operations.registrations import Attendee, register, register_for_run
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.queries.near_sessions import joinable_session, near_sessions
from pourtous.agenda.queries.prescribed import unit_that_follows
from pourtous.agenda.queries.prescribed_courses import prescribed_course, prescribed_courses, with_sessions
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.people.queries import person_for

PER_PAGE = 25


@requires(PRESCRIBE)
def prescribe(request: HttpRequest) -> HttpResponse:
    """Who and what, then the next courses near them: a button each."""
    now = clock.now()
    code = request.GET.get("personne", "").replace("\0", "")
    chosen = person_for(request.user, code, now=now) if code else None
    commune = chosen.commune if chosen else None
    form = PrescribeCourseForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        now=now,
        chosen=chosen,
        initial={"commune": commune.name} if commune else {},
    )
    problem = ""
    if form.is_bound and form.is_valid() and (request.POST.get("session") or request.POST.get("run")):
        try:
            made = _register(request, form)
        except DomainError as error:
            problem = str(error.message)
        else:
            return _leave(request, made)
    asked: dict[str, Any] = form.cleaned_data if form.is_bound else {"commune": commune}
    names = ("theme", "first", "has_seats")
    wanted = {name: asked[name] for name in names if asked.get(name)}
    page = {
        "form": form,
        "problem": problem,
        "sessions": near_sessions(commune=asked.get("commune"), now=now, **wanted),
    }
    return render(request, "agenda/courses/prescribe.html", page)


def _register(request: HttpRequest, form: PrescribeCourseForm) -> Registration:
    person, now = form.cleaned_data["person"], clock.now()
    unit = unit_that_follows(request.user, person, on=clock.today())
    if unit is None:
        raise DomainError(_("Choose a person your unit follows."))
    session = joinable_session(read_code(request.POST.get("run") or request.POST.get("session") or "") or "", now=now)
    if session is None:
        raise DomainError(_("This session has begun or is over. Choose another date."))
    way: dict[str, Any] = {
        "who": Attendee(person=person),
        "through": Booker.PRESCRIBER,
        "actor": who(request),
        "now": now,
        "prescriber_unit": unit,
    }
    return register_for_run(run=session.run, **way)[0] if request.POST.get("run") else register(session=session, **way)


def _leave(request: HttpRequest, made: Registration) -> HttpResponse:
    """To its page; to the list when somebody else had registered the person before."""
    if prescribed_course(request.user, made.code) is None:
        messages.info(request, _("This person was registered already. Nothing changes."))
        return redirect("prescribed-courses")
    return redirect("prescribed-course", code=made.code)


@requires(PRESCRIBE)
def prescribed_list(request: HttpRequest) -> HttpResponse:
    """Registrations made for one's people, with what became of them."""
    page = Paginator(prescribed_courses(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": with_sessions(page, request.user, on=clock.today()), "here": "courses"}
    return render(request, "agenda/courses/prescribed.html", context)


def _mine(request: HttpRequest, code: str) -> Registration:
    found = prescribed_course(request.user, read_code(code) or "")
    if found is None:
        raise Http404
    return found


@requires(PRESCRIBE)
def prescribed_page(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: what to give the person, whether a message left, and what became of each session."""
    found, now = _mine(request, code), clock.now()
    row = with_sessions([found], request.user, on=clock.today())[0]
    coming = [one for one in row.registrations if one.session.starts_at > now]
    page: dict[str, Any] = {
        "row": row,
        "course": found.session.course,
        "registrations": [(one, place_words(one.session)) for one in row.registrations],
        "is_coming": any(one.state in {RegistrationState.REGISTERED, RegistrationState.WAITING} for one in coming),
        "is_waiting": any(one.state == RegistrationState.WAITING for one in coming),
        "was_told": any(was_told(one) for one in row.registrations),
        "code": found.code,
        "print_url": reverse("registration-print", args=(found.code,)),
        "change_url": reverse("registration", args=(found.code,)),
    }
    return render(request, "agenda/courses/prescribed_one.html", page)


@require_POST
@requires(PRESCRIBE)
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send the message once more."""
    found = _mine(request, code)
    try:
        send_again(registration=found, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The message is on its way."))
    return redirect("prescribed-course", code=found.code)
