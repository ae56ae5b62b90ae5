"""Long work, as the person who started it follows it; and private files."""

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from pourtous.kernel.access import authorise, requires
from pourtous.runtime.downloads import download
from pourtous.runtime.models import Job, StoredFile
from pourtous.runtime.permissions import DOWNLOAD, SEE_JOB
from pourtous.runtime.queries import figures, jobs_of, report_of

PAGE = 20


@requires(SEE_JOB)
def jobs(request: HttpRequest) -> HttpResponse:
    """What one started, newest first."""
    page = Paginator(jobs_of(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "runtime/jobs.html", {"page": page})


@requires(SEE_JOB)
def job(request: HttpRequest, identity: UUID) -> HttpResponse:
    """How far it is; asked by htmx, only the moving part, and the whole page once it is over."""
    one = get_object_or_404(Job, id=identity)
    authorise(request, SEE_JOB, one)
    moving = request.headers.get("HX-Request") == "true"
    if moving and one.is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"job": one, "figures": figures(one), "report": report_of(one)}
    return render(request, "runtime/job_progress.html" if moving else "runtime/job.html", context)


@requires(SEE_JOB)
def job_result(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The whole result, for programs and for keeping."""
    one = get_object_or_404(Job, id=identity, result__isnull=False)
    authorise(request, SEE_JOB, one)
    content = json.dumps(one.result, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{one.kind}.json"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


@requires(DOWNLOAD)
def stored_file(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """A private file, always as a download, never as something the browser would run."""
    stored = get_object_or_404(StoredFile, id=identity)
    authorise(request, DOWNLOAD, stored)
    return download(stored)
