"""A file of people sent from a page: kept a week, looked at by a job, imported by another."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel import clock
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import ImportState
from pourtous.people.importers.workbooks import LIMIT
from pourtous.people.models import PeopleImport
from pourtous.people.operations.imports import Report, Terms, import_people
from pourtous.people.operations.persons import check_follow_up
from pourtous.people.rules.deadlines import months_after
from pourtous.runtime import files, jobs
from pourtous.runtime.models import Job, StoredFile
from pourtous.runtime.progress import Progress

KEEP_DAYS = 7
REPORT_YEARS = 2
PREVIEW = "people.import_preview"
IMPORT = "people.import"


def receive(
    *,
    upload: UploadedFile[Any],
    unit: Unit,
    purpose: str,
    notice_kind: str,
    notice_on: date,
    actor: User,
    now: datetime,
) -> Job:
    """Keep a file for a week and look at it. DomainError, keeping nothing, when it is empty, too big, or not allowed."""
    today = paris(now).date()
    check_follow_up(unit=unit, purpose=purpose, notice_kind=notice_kind, notice_on=notice_on, today=today)
    if not upload.size:
        raise DomainError(_("This file is empty."), field="file")
    if upload.size > LIMIT:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": LIMIT >> 20}, field="file")
    stored = files.store(name=upload.name or "", content=upload.chunks(), actor=actor, now=now, keep_days=KEEP_DAYS)
    with transaction.atomic():
        run = PeopleImport.objects.create(
            unit=unit,
            purpose=purpose,
            notice_kind=notice_kind,
            notice_on=notice_on,
            file=stored,
            file_sha256=stored.sha256,
            started_by=actor,
            started_at=now,
        )
        record(actor=actor, verb="people.send_import", subject=run, now=now)
        return jobs.start(PREVIEW, arguments={"run": str(run.pk)}, actor=actor, now=now)


def terms_of(run: PeopleImport) -> Terms:
    """On what terms the file of a run comes in."""
    return Terms(run.unit, run.purpose, run.notice_kind, run.notice_on, run.with_notes)


def file_of(run: PeopleImport) -> StoredFile:
    """The file of a run; DomainError when it is no longer kept."""
    if run.file is None or not run.file.path.exists():
        raise DomainError(_("This file is no longer kept. Send it again."))
    return run.file


def preview(*, run: PeopleImport, progress: Progress) -> Report:
    """Say what importing would do; nothing is written."""
    try:
        report = import_people(
            path=file_of(run).path, terms=terms_of(run), actor=None, now=clock.now(), dry_run=True, progress=progress
        )
    except DomainError as error:
        return _failed(run, error)
    _settle(run, ImportState.READY, report.as_json())
    return report


def confirm(*, run: PeopleImport, accepted: Collection[int], with_notes: bool, actor: User, now: datetime) -> Job:
    """Import the file that was looked at, with the doubtful rows that were chosen. DomainError when it is too late."""
    file_of(run)
    with transaction.atomic():
        taken = PeopleImport.objects.filter(pk=run.pk, state=ImportState.READY)
        if not taken.update(state=ImportState.RUNNING, with_notes=with_notes):
            raise DomainError(_("This file is imported already, or is being imported."))
        record(actor=actor, verb="people.import", subject=run, now=now, details={"with_notes": with_notes})
        arguments = {"run": str(run.pk), "accepted": sorted(accepted)}
        return jobs.start(IMPORT, arguments=arguments, actor=actor, now=now)


def carry_out(*, run: PeopleImport, accepted: Collection[int], progress: Progress) -> Report:
    """Import for good; the file sent is deleted once all its rows are in."""
    stored = file_of(run)
    try:
        report = import_people(
            path=stored.path,
            terms=terms_of(run),
            actor=run.started_by,
            now=clock.now(),
            accepted=accepted,
            progress=progress,
        )
    except DomainError as error:
        return _failed(run, error)
    _settle(run, ImportState.DONE, report.as_json())
    files.delete(stored)
    return report


def _failed(run: PeopleImport, error: DomainError) -> Report:
    """The sentence stays with the run: its page says it, long after the job is forgotten."""
    report = Report(error=str(error))
    _settle(run, ImportState.FAILED, report.as_json())
    return report


def _settle(run: PeopleImport, state: ImportState, report: dict[str, Any]) -> None:
    PeopleImport.objects.filter(pk=run.pk).update(state=state, report=report, ended_at=clock.now())


def forget_old(*, now: datetime, dry_run: bool = False) -> int:
    """Delete reports of imports two years old. Returns how many."""
    before = months_after(paris(now).date(), -12 * REPORT_YEARS)
    old = PeopleImport.objects.filter(started_at__date__lt=before)
    return old.count() if dry_run else old.delete()[0]
