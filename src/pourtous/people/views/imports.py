"""Files kept elsewhere: sent, looked at, imported, reported."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.people.enums import ImportState
from pourtous.people.forms.imports import PeopleImportForm
from pourtous.people.importers.workbooks import Line, read
from pourtous.people.models import PeopleImport
from pourtous.people.operations import uploads
from pourtous.people.operations.imports import STATUSES
from pourtous.people.permissions import REGISTER
from pourtous.people.queries import own_unit_ids

PAGE = 50
_COLUMN_NAMES = {
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "birth_year": _("Birth year"),
    "commune": _("Commune"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "gender": _("Gender"),
}


def _units(request: HttpRequest) -> list[Unit]:
    found = Unit.objects.filter(pk__in=own_unit_ids(request.user), is_active=True)
    return [one for one in found if can(request.user, REGISTER, one)]


@requires(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def people_imports(request: HttpRequest) -> HttpResponse:
    """Send a file; past ones of one's units."""
    units = _units(request)
    form = PeopleImportForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        try:
            job = uploads.receive(upload=form.cleaned_data["file"], actor=who(request), now=clock.now(), **said)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("job", job.pk)
    past = PeopleImport.objects.filter(unit__in=units).select_related("unit", "started_by").defer("report")
    context = {"form": form, "page": Paginator(past, 20).get_page(request.GET.get("page"))}
    return render(request, "people/imports.html", context, status=422 if form.errors else 200)


def _run(request: HttpRequest, identity: UUID) -> PeopleImport:
    found = PeopleImport.objects.filter(pk=identity, unit__in=_units(request)).select_related("unit", "file")
    run = found.first()
    if run is None:
        raise Http404
    return run


@requires(REGISTER)
@require_safe
def people_import(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What a file would do, or did: row by row, with names only while the file is kept."""
    run = _run(request, identity)
    status = request.GET.get("statut", "")
    lines = [one for one in run.report.get("lines", []) if status in {"", one["status"]}]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    cells = _cells(run) if run.state == ImportState.READY else {}
    rows = [(one, cells.get(one["row"]), _problems(one)) for one in page]
    counts = run.report.get("counts", {})
    context = {
        "run": run,
        "rows": rows,
        "page": page,
        "status": status,
        "counts": [(one, counts.get(one, 0)) for one in STATUSES],
        "doubtful": _doubtful(run, cells),
    }
    return render(request, "people/import.html", context)


def _problems(line: dict[str, Any]) -> list[str]:
    """What is wrong, cell by cell, each with the name of its column."""
    said = ((_COLUMN_NAMES.get(one["column"], ""), one["message"]) for one in line["problems"])
    return [_("%(column)s: %(message)s") % {"column": name, "message": text} if name else text for name, text in said]


def _cells(run: PeopleImport) -> dict[int, Line]:
    try:
        return {line.number: line for line in read(uploads.file_of(run).path).lines}
    except DomainError:
        return {}


def _doubtful(run: PeopleImport, cells: dict[int, Line]) -> list[tuple[dict[str, Any], Line | None]]:
    found = [one for one in run.report.get("lines", []) if one["status"] == "doubtful"]
    return [(one, cells.get(one["row"])) for one in found]


@requires(REGISTER)
@require_POST
def people_import_confirm(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Import for good, with the doubtful rows one ticked."""
    run = _run(request, identity)
    accepted = {int(one) for one in request.POST.getlist("row") if one.isascii() and one.isdigit() and len(one) < 7}  # noqa: PLR2004
    try:
        job = uploads.confirm(
            run=run,
            accepted=accepted,
            with_notes=request.POST.get("notes") == "yes",
            actor=who(request),
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("people-import", identity)
    return redirect("job", job.pk)


@requires(REGISTER)
@require_safe
def people_import_report(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The report to keep: rows by their number, no name."""
    run = _run(request, identity)
    content = json.dumps(run.report, ensure_ascii=False, indent=1)
    headers = {
        "Content-Disposition": 'attachment; filename="import-personnes.json"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)
