"""The list of one's persons, and choosing one in a form."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.ids import read_code
from pourtous.kernel.permissions import can
from pourtous.kernel.text import clean
from pourtous.people.enums import Purpose
from pourtous.people.fields.persons import choices
from pourtous.people.permissions import REGISTER, SEE, SUPERVISE
from pourtous.people.queries import person_for
from pourtous.people.queries.files import ended_today
from pourtous.people.queries.lists import ListFilter, listed, own_units_that_see

PER_PAGE = 25
FOUND = 50


def _asked(query: QueryDict, words: str = "") -> ListFilter:
    given = {name: clean(query.get(parameter, ""))[:60] for name, parameter in _PARAMETERS.items()}
    return ListFilter(words=words, **given)


_PARAMETERS = {"purpose": "motif", "unit": "unite", "sort": "sort"}


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The persons my units follow. What is looked for comes by POST: no name in an address."""
    words = clean(request.POST.get("words", ""))[:100]
    if (code := read_code(words)) and person_for(request.user, code, now=clock.now()):
        return redirect("person", code)
    wanted = _asked(request.GET, words)
    rows = listed(request.user, wanted, on=clock.today())
    page = Paginator(rows, FOUND if words else PER_PAGE).get_page(1 if words else request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "code": code or "",
        "purposes": Purpose.choices,
        "units": own_units_that_see(request.user),
        "ended": [] if words else ended_today(request.user, on=clock.today()),
        "may_register": can(request.user, REGISTER),
        "may_watch": can(request.user, SUPERVISE),
    }
    return render(request, "people/list.html", context)


@requires(SEE)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The persons that answer to what is being typed in a form: the part of the page below it."""
    words, name = clean(request.POST.get("words", ""))[:100], clean(request.POST.get("name", ""))[:60]
    found = choices(who(request), words, now=clock.now())
    return render(request, "people/parts/choices.html", {"found": found, "name": name, "code": "", "words": words})
