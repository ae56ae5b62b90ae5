"""The team's pages of imports: send a file, look at what it would change, import it, read the report, decide."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.tables import csv_for_people
from pourtous.places import import_queries
from pourtous.places.forms_imports import ImportForm
from pourtous.places.models import Collector, ImportRun
from pourtous.places.operations import absences, uploads
from pourtous.places.permissions import IMPORT

PAGE = 20
PROBLEMS_PAGE = 50
_COLUMNS = ("row", "id", "field", "value", "message", "severity")


@requires(IMPORT)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Past imports, newest first, and what waits for a decision."""
    page = Paginator(import_queries.runs(), PAGE).get_page(request.GET.get("page"))
    return render(request, "places/imports.html", {"page": page, "waiting": import_queries.waiting()})


@requires(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Send a file; its preview starts at once."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            job = uploads.receive(
                upload=asked["file"],
                source=asked["source"],
                format_name=asked["format_name"],
                actor=request.user,  # type: ignore[arg-type]
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(error.field or "file", str(error))
        else:
            return redirect("job", job.pk)
    return render(request, "places/import_new.html", {"form": form}, status=422 if form.errors else 200)


@requires(IMPORT)
@require_safe
def import_run(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The report of an import, or of its preview, narrowed by severity and column."""
    run = get_object_or_404(ImportRun.objects.select_related("collector", "started_by", "file"), pk=identity)
    severity, field = request.GET.get("severity", ""), request.GET.get("field", "")
    told = import_queries.told(run, severity=severity, field=field)
    context = {
        "run": run,
        "told": told,
        "page": Paginator(told.problems, PROBLEMS_PAGE).get_page(request.GET.get("page")),
        "severity": severity,
        "field": field,
        "earlier": import_queries.earlier(run) if run.is_dry else None,
    }
    return render(request, "places/import_run.html", context)


@requires(IMPORT)
@require_POST
def import_confirm(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Import for good the file that was looked at."""
    run = get_object_or_404(ImportRun.objects.select_related("file"), pk=identity)
    try:
        job = uploads.confirm(run=run, actor=request.user, now=clock.now())  # type: ignore[arg-type]
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("import", run.pk)
    return redirect("job", job.pk)


@requires(IMPORT)
@require_safe
def import_report(_request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """The report to keep: JSON for programs, CSV for people."""
    run = get_object_or_404(ImportRun, pk=identity)
    if kind == "json":
        content, media_type = json.dumps(run.report, ensure_ascii=False, indent=1).encode(), "application/json"
    else:
        rows = ([one[name] for name in _COLUMNS] for one in run.report.get("problems", []))
        content, media_type = csv_for_people(_COLUMNS, rows), "text/csv"
    headers = {"Content-Disposition": f'attachment; filename="import-{run.collector_id}.{kind}"'}
    return HttpResponse(content, content_type=f"{media_type}; charset=utf-8", headers=headers)


@requires(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_absences(request: HttpRequest, code: str) -> HttpResponse:
    """Rows no longer in a collector's file: close or keep their places."""
    collector = get_object_or_404(Collector, pk=code)
    if request.method == "POST":
        try:
            chosen = [UUID(one) for one in request.POST.getlist("layer") if _is_uuid(one)]
            decision = request.POST.get("decision", "")
            count = absences.settle(layers=chosen, decision=decision, actor=request.user, now=clock.now())  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, ngettext("%(n)s row is settled.", "%(n)s rows are settled.", count) % {"n": count}
            )
        return redirect("import-absences", code)
    page = Paginator(import_queries.absences(code), PROBLEMS_PAGE).get_page(request.GET.get("page"))
    return render(request, "places/import_absences.html", {"collector": collector, "page": page})


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
