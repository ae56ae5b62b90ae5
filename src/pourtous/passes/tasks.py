"""Work of the app that runs by itself, what it lets go of, and what it proves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pourtous.kernel import clock
from pourtous.passes.models import Batch
from pourtous.passes.operations import letting_go, printing
from pourtous.passes.operations.dormant import warn
from pourtous.passes.operations.flags import raise_flags
from pourtous.passes.operations.monthly import draw_up_month
from pourtous.passes.operations.reminding import remind
from pourtous.passes.queries import proof
from pourtous.runtime.jobs import job
from pourtous.runtime.progress import Progress
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import daily, every
from pourtous.runtime.verification import check


@check("Passes, ledger and claims tell one story to the cent")
def money() -> Iterator[str]:
    """A sentence for each thing that does not balance."""
    return proof.faults()


@retention("passes.refusals", _("Passes shown and refused, after a year"))
def old_refusals(now: datetime, *, dry_run: bool) -> int:
    """The fraud desk looks at them no longer."""
    return letting_go.old_refusals(now=now, dry_run=dry_run)


@retention("passes.tablets", _("Tablets, PINs and keys of programs, a year after they were withdrawn"))
def old_tablets(now: datetime, *, dry_run: bool) -> int:
    """Who enrolled and used them goes with them."""
    return letting_go.old_tablets(now=now, dry_run=dry_run)


@daily(hour=3)
def claims_of_the_month(now: datetime) -> None:
    """On the first day of the month, what hosts are owed of the one before; on a later day if the first was missed."""
    draw_up_month(now=now)


@daily(hour=4)
def look_for_patterns(now: datetime) -> int:
    """What looks like fraud or error, flagged once."""
    return raise_flags(now=now)


@every(minutes=30)
def remind_of_books(now: datetime) -> int:
    """Who was handed a book and does not use it, on the days of the campaign; in the day only.

    Notices first: the prescribers' digest of the day, sent after the reminders, tells of both.
    """
    return warn(now=now) + remind(now=now)


@job(printing.KIND, _("Books of passes to print"), restartable=True)
def print_books(progress: Progress, *, batch: str) -> dict[str, Any]:
    """The document of a batch, sealed; taken from the batch's own page."""
    one = Batch.objects.select_related("campaign__issuer", "commune", "zone", "file", "document").get(pk=batch)
    printing.make_document(batch=one, progress=progress, now=clock.now())
    return {
        "message": gettext("The file is ready. It can be downloaded once, on the page of the batch."),
        "link": reverse("stock-batch", args=(one.pk,)),
    }
