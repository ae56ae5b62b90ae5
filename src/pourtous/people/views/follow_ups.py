"""Following: begin, end, take up again, give to another unit, and the note of the unit."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.forms.files import FollowForm, HandOverForm, NoteForm
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.follow_ups import (
    end_follow_up,
    hand_over,
    resume_follow_up,
    start_follow_up,
    write_note,
)
from pourtous.people.permissions import REGISTER, SEE
from pourtous.people.queries import by_code, units_that_register
from pourtous.people.queries.files import own_follow_up
from pourtous.people.views.common import done, person_or_404
from pourtous.ui.forms import refuse


def _follow_up(request: HttpRequest, person: Person, identity: UUID) -> FollowUp:
    found = own_follow_up(request.user, person, identity)
    if found is None:
        raise Http404
    return found


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """One's unit begins to follow, or for one more purpose."""
    person = person_or_404(request, code)
    posted = request.POST if request.method == "POST" else None
    form = FollowForm(posted, units=units_that_register(who(request)), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            start_follow_up(person=person, **form.cleaned_data, actor=who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your unit follows this person."))
            return redirect("person", person.code)
    context = {"form": form, "person": person}
    return render(request, "people/follow.html", context, status=422 if form.errors else 200)


@requires(SEE)
@require_POST
def end(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """The unit no longer follows."""
    person = person_or_404(request, code)
    told = _("The follow-up is ended. You can undo this today, from the list.")
    return done(request, person, told, end_follow_up, follow_up=_follow_up(request, person, identity))


@requires(SEE)
@require_POST
def resume(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Undo an end of today: the file may be out of sight, the follow-up is still one's own."""
    person = by_code(code)
    if person is None:
        raise Http404
    follow_up = _follow_up(request, person, identity)
    return done(request, person, _("Your unit follows this person again."), resume_follow_up, follow_up=follow_up)


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Give the person to another unit."""
    person = person_or_404(request, code)
    follow_up = _follow_up(request, person, identity)
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, own=follow_up.unit, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(follow_up=follow_up, **form.cleaned_data, actor=who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            told = _("%(unit)s follows this person now.") % {"unit": form.cleaned_data["unit"].name}
            messages.success(request, told)
            return redirect("person", person.code) if form.cleaned_data["keeps"] else redirect("people")
    context = {"form": form, "person": person, "follow_up": follow_up}
    return render(request, "people/give.html", context, status=422 if form.errors else 200)


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """The note one's unit goes on from."""
    person = person_or_404(request, code)
    follow_up = _follow_up(request, person, identity)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": follow_up.note})
    if request.method == "POST" and form.is_valid():
        told = _("The note is saved.")
        return done(request, person, told, write_note, follow_up=follow_up, note=form.cleaned_data["note"])
    context = {"form": form, "person": person, "follow_up": follow_up}
    return render(request, "people/note.html", context, status=422 if form.errors else 200)
