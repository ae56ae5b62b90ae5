"""Background work of activities: months counted again, words let go of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pourtous.activities.models import Activity, Participation
from pourtous.activities.operations import coop_uploads, months
from pourtous.activities.operations.coop_import import Report
from pourtous.activities.queries import agreement
from pourtous.kernel.clock import paris
from pourtous.people.enums import PersonState
from pourtous.runtime.jobs import job
from pourtous.runtime.progress import Progress
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import every
from pourtous.runtime.verification import check

KEPT_FOR = timedelta(days=2 * 365)
REMOVED_KEPT_FOR = timedelta(days=30)


@every(minutes=5)
def count_months_again(now: datetime) -> None:  # noqa: ARG001 (what ticks give)
    """Count the months that changed since they were counted."""
    months.count_again()


@check("Figures counted ahead are those of the activities")
def _figures() -> Iterator[str]:
    yield from agreement.faults()


@retention(
    "activities.notes", _("Notes of activities, two years after the last contact with the people they are about")
)
def old_notes(now: datetime, *, dry_run: bool) -> int:
    """Notes and names of procedures: old ones without a person still in contact, removed ones after thirty days."""
    limit = paris(now).date() - KEPT_FOR
    in_contact = Participation.objects.filter(
        activity=OuterRef("pk"), person__state=PersonState.ACTIVE, person__last_contact_on__gte=limit
    )
    is_old = Q(day__lt=limit) & ~Exists(in_contact)
    rows = Activity.objects.filter(is_old | Q(deleted_at__lt=now - REMOVED_KEPT_FOR))
    held = rows.exclude(notes="", procedure_name="")
    return held.count() if dry_run else held.update(notes="", procedure_name="", recorded_mark="")


@job(coop_uploads.PREVIEW, _("Preview of activities of La Coop"), restartable=True)
def preview_coop(progress: Progress, *, file: str, unit: str) -> dict[str, Any]:
    """What a file would bring in, nothing written."""
    report = coop_uploads.carry_out(file=file, unit=unit, dry_run=True, progress=progress)
    link = reverse("coop-import-file", args=(file,))
    return _told(report, str(_("The preview is ready. Nothing is written yet.")), link)


@job(coop_uploads.IMPORT, _("Import of activities of La Coop"), restartable=True)
def import_coop(progress: Progress, *, file: str, unit: str) -> dict[str, Any]:
    """The import itself; begun again after a stop, it makes no doubles."""
    report = coop_uploads.carry_out(file=file, unit=unit, dry_run=False, progress=progress)
    return _told(report, str(_("The activities are there.")), reverse("activities"))


def _told(report: Report, message: str, link: str) -> dict[str, Any]:
    return {
        "message": message,
        "link": link,
        str(_("Created")): report.created,
        str(_("Updated")): report.updated,
        str(_("Unchanged")): report.unchanged,
        str(_("Changed here, left alone")): report.kept,
        str(_("Rejected")): report.rejected,
        "report": report.as_json(),
    }
