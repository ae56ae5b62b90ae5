"""The journal, for those who answer for it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pourtous.audit.exporters import TYPES, journal_file
from pourtous.audit.forms import JournalForm
from pourtous.audit.permissions import READ
from pourtous.audit.queries import search
from pourtous.kernel.access import requires

PAGE = 50


@requires(READ)
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first; `?format=csv` or `xlsx` gives what is shown as a file."""
    form = JournalForm(request.GET)
    found = search(form.wanted())
    kind = request.GET.get("format", "")
    if kind in TYPES:
        headers = {"Content-Disposition": f'attachment; filename="journal.{kind}"'}
        return HttpResponse(journal_file(found, kind), content_type=TYPES[kind], headers=headers)
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/journal.html", {"form": form, "page": page, "query": query.urlencode()})
