"""What comes to its end, and the work of an approved list."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.kernel import clock
from pourtous.people.models import EliminationList, PeopleImport
from pourtous.people.operations import merges, requests, uploads
from pourtous.people.operations import retention as letting_go
from pourtous.people.operations.imports import Report
from pourtous.runtime.jobs import job
from pourtous.runtime.progress import Progress
from pourtous.runtime.retention import retention


@retention("people.files.1-notice", gettext_lazy("People told that their file goes in thirty days"))
def tell_leaving(now: datetime, *, dry_run: bool) -> int:
    """Two years less thirty days after the last contact."""
    return letting_go.tell_leaving(now=now, dry_run=dry_run)


@retention("people.files.2-list", gettext_lazy("Files put on the month’s list for the archivist, after two years"))
def draw_up(now: datetime, *, dry_run: bool) -> int:
    """The files themselves go once the visa is given."""
    return letting_go.draw_up(now=now, dry_run=dry_run)


@retention("people.merges", gettext_lazy("What is left of files made one, after thirty days"))
def settle_merges(now: datetime, *, dry_run: bool) -> int:
    """Since then they cannot be taken apart."""
    return merges.settle_old(now=now, dry_run=dry_run)


@retention("people.requests", gettext_lazy("Requests about personal data, three years after the answer"))
def old_requests(now: datetime, *, dry_run: bool) -> int:
    """Question and answer."""
    return requests.forget_old(now=now, dry_run=dry_run)


@retention("people.readings", gettext_lazy("Who read and opened files, after a year"))
def old_readings(now: datetime, *, dry_run: bool) -> int:
    """Readings, openings with a reason, alerts."""
    return letting_go.forget_readings(now=now, dry_run=dry_run)


@job(letting_go.ELIMINATE, gettext_lazy("Letting go of files"), restartable=True)
def eliminate(progress: Progress, *, listed: str) -> dict[str, Any]:
    """The files of an approved list."""
    one = EliminationList.objects.select_related("recorded_by").get(pk=listed)
    count = letting_go.eliminate(listed=one, now=clock.now(), progress=progress)
    message = _("The files of the list are anonymised. Statistics stay the same.")
    return {"message": message, "link": reverse("elimination-list", args=(one.pk,)), _("Files"): count}


@retention("people.imports", gettext_lazy("Reports of imports of people, after two years"))
def old_imports(now: datetime, *, dry_run: bool) -> int:
    """The files sent go after a week, with all files."""
    return uploads.forget_old(now=now, dry_run=dry_run)


@job(uploads.PREVIEW, gettext_lazy("Looking at a file of people"), restartable=True)
def preview_import(progress: Progress, *, run: str) -> dict[str, Any]:
    """What a file would do, nothing written."""
    one = PeopleImport.objects.select_related("file", "unit").get(pk=run)
    report = uploads.preview(run=one, progress=progress)
    return _told(one, report, _("The preview is ready. Nothing is written yet."))


@job(uploads.IMPORT, gettext_lazy("Import of people"), restartable=True)
def carry_out_import(progress: Progress, *, run: str, accepted: list[int]) -> dict[str, Any]:
    """The import itself; begun again after a stop, it brings nobody in twice."""
    one = PeopleImport.objects.select_related("file", "unit", "started_by").get(pk=run)
    report = uploads.carry_out(run=one, accepted=accepted, progress=progress)
    return _told(one, report, _("The files are imported. The file you sent is deleted."))


def _told(run: PeopleImport, report: Report, message: str) -> dict[str, Any]:
    counts = report.counts
    return {
        "message": report.error or message,
        "link": reverse("people-import", args=(run.pk,)),
        _("Rows"): report.rows,
        _("New"): counts["new"],
        _("Already there"): counts["known"],
        _("Doubtful"): counts["doubtful"],
        _("Rejected"): counts["rejected"],
    }
