"""Files that go: what the teams see and keep, what the archivist signs, what the program lets go of."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import StillThere
from pourtous.people.forms.retention import StillThereForm, VisaForm
from pourtous.people.models import EliminationList
from pourtous.people.operations.retention import record_visa, still_in_contact
from pourtous.people.papers_archives import elimination_pdf
from pourtous.people.permissions import LET_GO, SEE
from pourtous.people.queries import person_for
from pourtous.people.queries.leaving import extreme_years, goes, leaving_files, lines
from pourtous.runtime import retention
from pourtous.ui.documents import answer as pdf_response

PAGE = 30
LINES = 100


@requires(SEE)
@require_safe
def leaving_list(request: HttpRequest) -> HttpResponse:
    """Files of one's units that go within thirty days."""
    page = Paginator(leaving_files(request.user, on=clock.today()), PAGE).get_page(request.GET.get("page"))
    rows = [(one, goes(one, today=clock.today())) for one in page]
    return render(request, "people/leaving.html", {"page": page, "rows": rows, "reasons": StillThere.choices})


@requires(SEE)
@require_POST
def leaving_keep(request: HttpRequest, code: str) -> HttpResponse:
    """Still in contact: the file stays."""
    person = person_for(request.user, code, now=clock.now())
    if person is None:
        raise Http404
    form = StillThereForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        still_in_contact(person=person, reason=reason, actor=who(request), now=clock.now())
        messages.success(request, _("The file %(code)s stays.") % {"code": person.code})
    else:
        messages.error(request, _("Choose why the file stays."))
    return redirect("leaving-files")


@requires(LET_GO)
@require_safe
def retention_page(request: HttpRequest) -> HttpResponse:
    """What goes next, of everything, and the lists for the archivist."""
    page = Paginator(EliminationList.objects.all(), PAGE).get_page(request.GET.get("page"))
    outcomes = retention.apply(now=clock.now(), dry_run=True)
    return render(request, "people/retention.html", {"outcomes": outcomes, "page": page})


@requires(LET_GO)
@require_http_methods(["GET", "HEAD", "POST"])
def elimination_list(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One list: its files without names, its visa, what became of it."""
    listed = get_object_or_404(EliminationList, pk=identity)
    form = VisaForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            job = record_visa(
                listed=listed,
                approved=said["decision"] == "approved",
                by=said["by"],
                on=said["on"],
                note=said["note"],
                actor=who(request),
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("job", job.pk) if job else redirect("elimination-list", identity)
    page = Paginator(lines(listed), LINES).get_page(request.GET.get("page"))
    context = {"listed": listed, "form": form, "page": page, "years": extreme_years(listed)}
    return render(request, "people/elimination.html", context, status=422 if form.errors else 200)


@requires(LET_GO)
@require_safe
def elimination_paper(_request: HttpRequest, identity: UUID) -> HttpResponse:
    """The list as the archivist signs it."""
    listed = get_object_or_404(EliminationList, pk=identity)
    return pdf_response(elimination_pdf(listed), name=f"bordereau-{listed.drawn_up_on}.pdf")
