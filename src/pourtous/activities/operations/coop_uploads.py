"""Imports from the mediator's page: a file is received, looked at, then imported, each by a job one may leave."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.activities.importers.coop import LIMIT, read
from pourtous.activities.operations.coop_import import Report, Terms, check_terms, import_activities
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.runtime import files, jobs
from pourtous.runtime.models import Job, StoredFile
from pourtous.runtime.progress import Progress

PREVIEW, IMPORT = "activities.coop_preview", "activities.coop_import"
KEEP_DAYS = 7


def receive(*, upload: UploadedFile[Any], unit: Unit, actor: User, now: datetime) -> Job:
    """Keep a file and start its preview. Raises DomainError, keeping nothing, when it is no such spreadsheet."""
    check_terms(Terms(actor, unit))
    if not upload.size:
        raise DomainError(_("This file is empty."), field="file")
    if upload.size > LIMIT:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": LIMIT >> 20}, field="file")
    stored = files.store(name=upload.name or "", content=upload.chunks(), actor=actor, now=now, keep_days=KEEP_DAYS)
    try:
        read(stored.path)
    except DomainError as error:
        files.delete(stored)
        raise DomainError(error.message, field="file") from error
    return jobs.start(PREVIEW, arguments={"file": str(stored.pk), "unit": str(unit.pk)}, actor=actor, now=now)


def confirm(*, stored: StoredFile, actor: User, now: datetime) -> Job:
    """Start the import of a file that was looked at."""
    looked_at = preview_of(stored)
    if looked_at is None or not stored.path.exists():
        raise DomainError(_("This file is no longer kept. Send it again."))
    return jobs.start(IMPORT, arguments=looked_at.arguments, actor=actor, now=now)


def preview_of(stored: StoredFile) -> Job | None:
    """The job that looked at a file."""
    return Job.objects.filter(kind=PREVIEW, arguments__file=str(stored.pk)).order_by("-asked_at").first()


def carry_out(*, file: str, unit: str, dry_run: bool, progress: Progress) -> Report:
    """Look at a kept file, or import it; imported, the file is deleted: it holds names. Raises DomainError."""
    stored = StoredFile.objects.filter(pk=file).select_related("owner").first()
    if stored is None or stored.owner is None or not stored.path.exists():
        raise DomainError(_("This file is no longer kept. Send it again."))
    terms = Terms(stored.owner, Unit.objects.get(pk=unit))
    report = import_activities(
        path=stored.path, terms=terms, actor=stored.owner, now=clock.now(), progress=progress, dry_run=dry_run
    )
    if not dry_run:
        files.delete(stored)
    return report
