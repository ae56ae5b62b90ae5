"""A mediator brings in the activities they typed in La Coop: sent, looked at, imported."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pourtous.accounts.queries import who
from pourtous.activities.forms.coop_import import CoopImportForm
from pourtous.activities.operations import coop_uploads
from pourtous.activities.permissions import RECORD
from pourtous.activities.queries.choices import recording_units
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.runtime.models import Job, StoredFile

SHOWN = 50


@requires(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a file."""
    user = who(request)
    form = CoopImportForm(request.POST or None, request.FILES or None, units=recording_units(user))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            job = coop_uploads.receive(upload=told["file"], unit=told["unit"], actor=user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            return redirect("job", job.pk)
    return render(request, "activities/coop_import.html", {"form": form}, status=422 if form.errors else 200)


@requires(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What a file of one's own would bring; POST imports it."""
    user = who(request)
    looked_at = get_object_or_404(
        Job, kind=coop_uploads.PREVIEW, started_by=user, arguments__file=str(identity), state="done"
    )
    stored = get_object_or_404(StoredFile, pk=identity, owner=user)
    if request.method == "POST":
        try:
            return redirect("job", coop_uploads.confirm(stored=stored, actor=user, now=clock.now()).pk)
        except DomainError as error:
            messages.warning(request, error.message)
    report = (looked_at.result or {}).get("report", {})
    context = {
        "stored": stored,
        "report": report,
        "problems": report.get("problems", [])[:SHOWN],
        "unknown": list(report.get("unknown", {}).items())[:SHOWN],
    }
    return render(request, "activities/coop_import_look.html", context)
