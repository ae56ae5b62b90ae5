"""Work in the background: jobs with progress and what comes back every day."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.places.models import ImportRun
from pourtous.places.operations import uploads
from pourtous.places.operations.imports import Report
from pourtous.places.operations.reports import purge_reports
from pourtous.runtime.jobs import job
from pourtous.runtime.progress import Progress
from pourtous.runtime.retention import retention


@retention("places.reports", gettext_lazy("Words and contacts of reports about places, six months after the answer"))
def old_reports(now: datetime, *, dry_run: bool) -> int:
    """The rows stay, for counting."""
    return purge_reports(now=now, dry_run=dry_run)


@job(uploads.PREVIEW, gettext_lazy("Preview of an import of places"), restartable=True)
def preview_import(progress: Progress, *, run: str) -> dict[str, Any]:
    """What a file would change, nothing written."""
    one = ImportRun.objects.select_related("file").get(pk=run)
    report = uploads.preview(run=one, progress=progress)
    return _told(report, _("The preview is ready. Nothing is written yet."), reverse("import", args=(one.pk,)))


@job(uploads.IMPORT, gettext_lazy("Import of places"), restartable=True)
def carry_out_import(progress: Progress, *, run: str) -> dict[str, Any]:
    """The import itself; begun again after a stop, it leaves the same directory."""
    one = ImportRun.objects.select_related("file", "started_by").get(pk=run)
    report = uploads.carry_out(run=one, actor=one.started_by, progress=progress)
    return _told(report, _("The places are imported."), reverse("import", args=(report.run_id,)))


def _told(report: Report, message: str, link: str) -> dict[str, Any]:
    return {
        "message": message,
        "link": link,
        _("Rows"): report.rows,
        _("Created"): report.created,
        _("Updated"): report.updated,
        _("Unchanged"): report.unchanged,
        _("Rejected"): report.rejected,
        _("Warnings"): report.warnings,
    }
