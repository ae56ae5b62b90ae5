"""Imports from the team's pages: a file is received, looked at, then imported, each by a job one may leave."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.places.enums import RunState
from pourtous.places.importers import formats
from pourtous.places.importers.reading import Table
from pourtous.places.importers.rows import Reading, read
from pourtous.places.models import Collector, ImportRun
from pourtous.places.operations.imports import Report, collector_code, import_file
from pourtous.runtime import files, jobs
from pourtous.runtime.models import Job, StoredFile
from pourtous.runtime.progress import Progress

LIMIT = 10 << 20  # bytes, unpacked or not
KEEP_DAYS = 30
ROWS_SHOWN = 5
PREVIEW = "places.import_preview"
IMPORT = "places.import"


def receive(*, upload: UploadedFile[Any], source: str, format_name: str, actor: User, now: datetime) -> Job:
    """Keep a file, check that it can be read to its end, and start its preview.

    Raises DomainError, keeping nothing, when it is too big, cannot be read, or is of no known format.
    """
    code = collector_code(source)
    _refuse_big(upload.size or 0)
    stored = files.store(name=upload.name or "", content=upload.chunks(), actor=actor, now=now, keep_days=KEEP_DAYS)
    try:
        form = formats.of(Table(stored.path, limit=LIMIT).columns, format_name)
    except DomainError:
        files.delete(stored)
        raise
    with transaction.atomic():
        Collector.objects.get_or_create(code=code, defaults={"name": code})
        run = ImportRun.objects.create(
            collector_id=code,
            format=form.name,
            file_name=stored.name,
            file_sha256=stored.sha256,
            file=stored,
            is_dry=True,
            started_at=now,
            started_by=actor,
        )
        return jobs.start(PREVIEW, arguments={"run": str(run.pk)}, actor=actor, now=now)


def _refuse_big(size: int) -> None:
    if not size:
        raise DomainError(_("This file is empty."))
    if size > LIMIT:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": LIMIT >> 20})


def confirm(*, run: ImportRun, actor: User, now: datetime) -> Job:
    """Start the import of a file that was looked at. Raises DomainError when the file is no longer kept."""
    _file_of(run)
    return jobs.start(IMPORT, arguments={"run": str(run.pk)}, actor=actor, now=now)


def _file_of(run: ImportRun) -> StoredFile:
    if not run.is_dry or run.file is None or not run.file.path.exists():
        raise DomainError(_("This file is no longer kept. Send it again."))
    return run.file


def preview(*, run: ImportRun, progress: Progress) -> Report:
    """Say what importing would do, and show the first rows as they would be read."""
    try:
        report = _import(run, None, progress, dry_run=True)
    except BaseException:
        _settle(run, RunState.FAILED, {})
        raise
    _settle(run, RunState.DONE, {**report.stored(), "sample": _sample(run)})
    return report


def carry_out(*, run: ImportRun, actor: User | None, progress: Progress) -> Report:
    """Import for good the file of a preview."""
    return _import(run, actor, progress, dry_run=False)


def _import(run: ImportRun, actor: User | None, progress: Progress, *, dry_run: bool) -> Report:
    file = _file_of(run)
    return import_file(
        path=file.path,
        source=run.collector_id,
        format_name=run.format,
        dry_run=dry_run,
        actor=actor,
        now=clock.now(),
        progress=progress,
        file=file,
    )


def _settle(run: ImportRun, state: RunState, report: dict[str, Any]) -> None:
    run.state, run.report, run.ended_at = state, report, clock.now()
    with transaction.atomic():
        run.save(update_fields=("state", "report", "ended_at"))


def _sample(run: ImportRun) -> list[dict[str, Any]]:
    table = Table(_file_of(run).path)
    form = formats.FORMATS[run.format]
    rows = zip(range(1, ROWS_SHOWN + 1), table, strict=False)
    return [_shown(read(form.draft(cells), number=number, today=clock.today())) for number, cells in rows]


def _shown(reading: Reading) -> dict[str, Any]:
    names = ("name", "commune_name", "address", "phone", "opening_hours")
    return {"id": reading.local_id[:100], **{name: reading.values.get(name, "") for name in names}}
