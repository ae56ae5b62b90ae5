"""Opening a file one does not follow, and what managers see of such openings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.people.forms.files import OpenForm
from pourtous.people.operations.openings import open_file, see_bulk_reading, see_opening
from pourtous.people.permissions import REGISTER, SEE, SUPERVISE
from pourtous.people.queries import by_code, person_for, units_that_register
from pourtous.people.queries.readings import bulk_reading, bulk_readings, opening_to_see, openings
from pourtous.ui.forms import refuse

PER_PAGE = 25


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def person_open(request: HttpRequest) -> HttpResponse:
    """Ask for a reason, whatever the code: before it, nothing says whether there is such a file."""
    posted = request.POST if request.method == "POST" else None
    form = OpenForm(posted, units=units_that_register(who(request)), initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = by_code(said["code"])
        if person is None:
            form.add_error("code", _("No file has this code. Read it again, letter by letter."))
        elif person_for(request.user, person.code, now=clock.now()) is not None:
            return redirect("person", person.code)
        else:
            try:
                open_file(person=person, unit=said["unit"], reason=said["reason"], actor=who(request), now=clock.now())
            except DomainError as error:
                refuse(form, error)
            else:
                return redirect("person", person.code)
    return render(request, "people/open.html", {"form": form}, status=422 if form.errors else 200)


@requires(SUPERVISE)
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Files opened with a reason, and alerts about many files, for managers."""
    page = Paginator(openings(request.user, now=clock.now()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "alerts": bulk_readings(request.user)[:PER_PAGE],
        "may_list": can(request.user, SEE),
    }
    return render(request, "people/watch.html", context)


@requires(SUPERVISE)
@require_POST
def opening_seen(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A manager has looked at an opening."""
    found = opening_to_see(request.user, identity, now=clock.now())
    if found is None:
        raise Http404
    see_opening(opening=found, actor=who(request), now=clock.now())
    return redirect("people-watch")


@requires(SUPERVISE)
@require_POST
def bulk_seen(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A manager has looked at an alert."""
    found = bulk_reading(request.user, identity)
    if found is None:
        raise Http404
    see_bulk_reading(reading=found, actor=who(request), now=clock.now())
    return redirect("people-watch")
