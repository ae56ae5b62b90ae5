"""Counting what a holder has, book by book, beside what the register says. Nothing is put right by itself."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BookState
from pourtous.passes.models import Book, Campaign, StockTaking
from pourtous.passes.queries.finding import pass_read
from pourtous.passes.rules.codes import read_serial

_HELD = (BookState.IN_SAFE, BookState.ENTRUSTED)
MOST_SEEN = 20_000


@transaction.atomic
def start_counting(*, campaign: Campaign, unit: Unit, actor: Any, now: datetime) -> StockTaking:
    """Begin, or go on with the count that this unit has not ended."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    begun = StockTaking.objects.filter(campaign=campaign, unit=unit, ended_at=None).first()
    if begun is not None:
        return begun
    made = StockTaking.objects.create(campaign=campaign, unit=unit, counted_by=actor, started_at=now)
    record(actor=actor, verb="passes.start_counting", subject=made, now=now)
    return made


@transaction.atomic
def see_book(*, counting: StockTaking, text: str) -> tuple[Book, bool]:
    """Note a book by its serial, or by the code or the QR code of one of its passes: (book, whether it is new here).

    DomainError (field `text`) when it is no book of the campaign, or the count is over.
    """
    locked = StockTaking.objects.select_for_update(of=("self",)).get(pk=counting.pk)
    if locked.ended_at is not None:
        raise DomainError(_("This count is over."), field="text")
    book = _book(locked.campaign, text)
    if book is None:
        raise DomainError(_("This is not a book of this campaign. Read its number again."), field="text")
    if book.number in locked.found:
        return book, False
    if len(locked.found) >= MOST_SEEN:
        raise DomainError(_("This count is full: end it, and begin another."), field="text")
    locked.found = [*locked.found, book.number]
    locked.save(update_fields=("found",))
    return book, True


def _book(campaign: Campaign, text: str) -> Book | None:
    text = text.strip()
    read = read_serial(text)
    if read is not None:
        return Book.objects.filter(campaign=campaign, year=read[0], number=read[1]).first()
    shown = pass_read(text, host=settings.PUBLIC_URL.partition("://")[2])
    return shown.book if shown is not None and shown.book.campaign_id == campaign.pk else None


@transaction.atomic
def end_counting(*, counting: StockTaking, actor: Any, now: datetime) -> StockTaking:
    """Say what is missing and what is too many, beside the register of this moment. DomainError when it is over."""
    locked = StockTaking.objects.select_for_update(of=("self",)).get(pk=counting.pk)
    if locked.ended_at is not None:
        raise DomainError(_("This count is over."))
    held = Book.objects.filter(campaign=locked.campaign, holder=locked.unit, state__in=_HELD)
    expected = set(held.values_list("number", flat=True))
    seen = set(locked.found)
    locked.missing, locked.foreign = sorted(expected - seen), sorted(seen - expected)
    locked.ended_at = now
    locked.save(update_fields=("missing", "foreign", "ended_at"))
    details = {"missing": len(locked.missing), "foreign": len(locked.foreign)}
    record(actor=actor, verb="passes.end_counting", subject=locked, now=now, details=details)
    return locked
