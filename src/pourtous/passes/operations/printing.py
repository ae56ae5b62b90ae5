"""The document of a batch: made by a job, sealed at once, opened a single time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BatchState
from pourtous.passes.exporters.books import Printed, books_pdf
from pourtous.passes.models import Batch, Campaign
from pourtous.passes.operations.issue import KEPT_DAYS, Mentions, drop_files, make_batch, read_sealed, unsealed
from pourtous.passes.queries.near import centre_of, nearest
from pourtous.passes.sealing import seal
from pourtous.runtime import jobs
from pourtous.runtime.files import delete as delete_file
from pourtous.runtime.files import store
from pourtous.runtime.models import Job, StoredFile
from pourtous.runtime.progress import Progress

KIND = "passes.print_books"


def ask_document(*, batch: Batch, actor: Any, now: datetime) -> Job:
    """Start the job that makes the document. DomainError when the file was taken, or the batch no longer waits."""
    _check_waits(batch)
    return jobs.start(KIND, arguments={"batch": str(batch.pk)}, actor=actor, now=now)


def make_document(*, batch: Batch, progress: Progress, now: datetime) -> None:
    """Set the books of a batch, seal the document, and put it in the place of one made before. May be repeated.

    Half a minute of computing and some 2 GB of memory for 670 books of ten.
    """
    _check_waits(batch)
    courses = nearest(batch.campaign, centre_of(batch.commune, batch.zone), now=now)
    content = books_pdf(Printed(batch, read_sealed(batch), courses), progress=progress)
    sealed = store(name=f"{batch}.pdf.sealed", content=seal(content), actor=None, now=now, keep_days=KEPT_DAYS)
    _place(batch, sealed)


@transaction.atomic
def _place(batch: Batch, sealed: StoredFile) -> None:
    locked = Batch.objects.select_for_update(of=("self",)).select_related("document").get(pk=batch.pk)
    if locked.state != BatchState.PREPARED or locked.downloaded_at is not None:
        delete_file(sealed)
        return
    old, locked.document = locked.document, sealed
    locked.save(update_fields=("document",))
    if old is not None:
        delete_file(old)


def _check_waits(batch: Batch) -> None:
    if batch.state != BatchState.PREPARED:
        raise DomainError(_("This batch is no longer waiting to be printed."))
    if batch.downloaded_at is not None:
        raise DomainError(_("The file of this batch was already taken. Cancel the batch and make another one."))


@transaction.atomic
def take_document(*, batch: Batch, actor: Any, now: datetime) -> bytes:
    """The PDF, in clear: once. Nothing of it stays here. DomainError when it was taken, is gone, or is not made yet."""
    _check_waits(batch)
    if batch.document is None:
        raise DomainError(_("Prepare the file first."))
    taken = Batch.objects.filter(pk=batch.pk, state=BatchState.PREPARED, downloaded_at=None)
    if not taken.update(downloaded_at=now, downloaded_by=actor):
        raise DomainError(_("The file of this batch was already taken. Cancel the batch and make another one."))
    content = unsealed(batch.document)
    record(actor=actor, verb="passes.open_batch", subject=batch, now=now)
    transaction.on_commit(lambda: drop_files(batch))
    return content


@transaction.atomic
def make_and_prepare(*, campaign: Campaign, books: int, mentions: Mentions, actor: Any, now: datetime) -> Job:
    """Books, and the job that sets their document. DomainError (field `books`): see `make_batch`."""
    batch = make_batch(campaign=campaign, books=books, mentions=mentions, actor=actor, now=now)
    return ask_document(batch=batch, actor=actor, now=now)
