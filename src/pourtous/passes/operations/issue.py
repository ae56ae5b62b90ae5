"""Making books: serial numbers never given twice, codes kept nowhere in clear but in one sealed file, for a while."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import (
    Account,
    BatchOrigin,
    BatchState,
    BookState,
    CampaignState,
    MovementKind,
    PassState,
    PostingKind,
    SlipState,
)
from pourtous.passes.models import Batch, Book, Campaign, Movement, Pass
from pourtous.passes.operations.ledger import current_plan, post
from pourtous.passes.operations.states import move_passes
from pourtous.passes.rules.codes import new_pass_code, new_token, serial
from pourtous.passes.rules.printed import ClearBook, ClearPass
from pourtous.passes.rules.validity import tranche_of
from pourtous.passes.sealing import digest, seal, unseal
from pourtous.runtime.files import delete as delete_file
from pourtous.runtime.files import store
from pourtous.runtime.models import StoredFile
from pourtous.territories.models import Commune, Zone

MOST_BOOKS = 1000  # of one batch: what one file prints in a sitting
KEPT_DAYS = 30
_VALUED = (PassState.NEW, PassState.STOCK, PassState.HANDED, PassState.REDEEMED)


@dataclass(frozen=True)
class Mentions:
    """What is printed beside: where the issuer is, who pays, near where the courses of the cover are."""

    issuer_address: str = ""
    payer: str = ""
    commune: Commune | None = None
    zone: Zone | None = None


@transaction.atomic
def make_batch(
    *,
    campaign: Campaign,
    books: int,
    actor: Any,
    now: datetime,
    origin: BatchOrigin = BatchOrigin.PRINTED,
    mentions: Mentions | None = None,
) -> Batch:
    """So many books, with their sealed file. They are worth nothing until printing is confirmed.

    DomainError (field `books`) beyond the budget or the size of a batch, or when the campaign is settled.
    """
    campaign = _locked(campaign)
    _check_room(campaign, books)
    first = (Book.objects.filter(year=campaign.year).aggregate(last=Max("number"))["last"] or 0) + 1
    said = vars(mentions) if mentions else {}
    batch = Batch.objects.create(
        campaign=campaign, origin=origin, first=first, last=first + books - 1, made_by=actor, made_at=now, **said
    )
    clear = [_clear_book(campaign, number) for number in range(batch.first, batch.last + 1)]
    _write(batch, clear)
    sealed = seal(json.dumps([asdict(book) for book in clear]).encode())
    batch.file = store(name=f"{batch}.sealed", content=sealed, actor=None, now=now, keep_days=KEPT_DAYS)
    batch.save(update_fields=("file",))
    record(actor=actor, verb="passes.make_batch", subject=batch, now=now, details={"books": books})
    return batch


def _locked(campaign: Campaign) -> Campaign:
    """The campaign as it is now. All those of its year are locked with it: they share a series of numbers."""
    same_year = Campaign.objects.select_for_update().filter(
        year__in=Campaign.objects.filter(pk=campaign.pk).values("year")
    )
    return {one.pk: one for one in same_year.order_by("pk")}[campaign.pk]


def _check_room(campaign: Campaign, books: int) -> None:
    if campaign.state == CampaignState.SETTLED:
        raise DomainError(_("This campaign is settled."))
    if not 1 <= books <= MOST_BOOKS:
        raise DomainError(_("Make from 1 to %(most)s books at a time.") % {"most": MOST_BOOKS}, field="books")
    passes = Pass.objects.filter(book__campaign=campaign, state__in=_VALUED)
    valued = passes.aggregate(cents=Sum("value"))["cents"] or 0
    room = (campaign.budget - valued) // campaign.book_value
    if books > room:
        message = _("The budget leaves room for %(room)s books.") % {"room": max(0, room)}
        raise DomainError(message, field="books")


def _clear_book(campaign: Campaign, number: int) -> ClearBook:
    passes = tuple(
        ClearPass(
            position=position,
            serial=serial(campaign.year, number, position),
            tranche=tranche_of(position, campaign.tranches),
            code=new_pass_code(),
            token=new_token(),
        )
        for position in range(1, campaign.passes_per_book + 1)
    )
    return ClearBook(number, serial(campaign.year, number), passes)


def _write(batch: Batch, clear: list[ClearBook]) -> None:
    campaign = batch.campaign
    books = Book.objects.bulk_create(
        Book(campaign=campaign, batch=batch, year=campaign.year, number=one.number) for one in clear
    )
    Pass.objects.bulk_create(
        (
            Pass(
                book=book,
                position=one.position,
                tranche=one.tranche,
                value=campaign.face_value,
                code_digest=digest(one.code),
                token_digest=digest(one.token),
            )
            for book, made in zip(books, clear, strict=True)
            for one in made.passes
        ),
        batch_size=1000,
    )


@transaction.atomic
def open_file(*, batch: Batch, actor: Any, now: datetime) -> list[ClearBook]:
    """The books in clear, to print: once. DomainError when it was taken before, or is gone."""
    taken = Batch.objects.filter(pk=batch.pk, state=BatchState.PREPARED, downloaded_at=None)
    if not taken.update(downloaded_at=now, downloaded_by=actor):
        raise DomainError(_("The file of this batch was already taken. Cancel the batch and make another one."))
    batch.refresh_from_db()
    clear = read_sealed(batch)
    record(actor=actor, verb="passes.open_batch", subject=batch, now=now)
    return clear


def read_sealed(batch: Batch) -> list[ClearBook]:
    """The books in clear, for what is sealed again at once. DomainError when the file is gone."""
    return list(_read(unsealed(batch.file)))


def unsealed(stored: StoredFile | None) -> bytes:
    """What a sealed file of a batch holds. DomainError when it is gone."""
    content = unseal(stored.path.read_bytes()) if stored and stored.path.exists() else None
    if content is None:
        raise DomainError(_("The file of this batch is gone. Cancel the batch and make another one."))
    return content


def _read(content: bytes) -> Iterator[ClearBook]:
    for book in json.loads(content):
        yield ClearBook(book["number"], book["serial"], tuple(ClearPass(**one) for one in book["passes"]))


@transaction.atomic
def confirm_printed(*, batch: Batch, safe: Unit, actor: Any, now: datetime) -> None:
    """The books are there, in the safe of a unit: they are worth their value, and the file with the codes is gone."""
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.PREPARED).update(
        state=BatchState.CONFIRMED, confirmed_at=now
    ):
        raise DomainError(_("This batch is no longer waiting to be printed."))
    books = Book.objects.filter(batch=batch)
    books.update(state=BookState.IN_SAFE, holder=safe)
    value = move_passes(Pass.objects.filter(book__batch=batch), PassState.NEW, PassState.STOCK)
    post(
        plan=current_plan(batch.campaign, now=now),
        kind=PostingKind.ISSUE,
        key=f"issue:{batch.pk}",
        value=value,
        source=Account.FUND,
        target=Account.STOCK,
        now=now,
        by=actor,
    )
    Movement.objects.create(
        campaign=batch.campaign,
        number=next_slip(batch.campaign),
        kind=MovementKind.RECEIVED,
        first=batch.first,
        last=batch.last,
        to_unit=safe,
        state=SlipState.CONFIRMED,
        given_by=actor,
        given_at=now,
        taken_by=actor,
        taken_at=now,
    )
    drop_files(batch)
    record(actor=actor, verb="passes.confirm_batch", subject=batch, now=now)


@transaction.atomic
def cancel_batch(*, batch: Batch, actor: Any, now: datetime) -> None:
    """The books will not be printed; their numbers are never used again."""
    if not Batch.objects.filter(pk=batch.pk, state=BatchState.PREPARED).update(state=BatchState.CANCELLED):
        raise DomainError(_("This batch is no longer waiting to be printed."))
    Book.objects.filter(batch=batch).update(state=BookState.CANCELLED)
    move_passes(Pass.objects.filter(book__batch=batch), PassState.NEW, PassState.RELEASED)
    drop_files(batch)
    record(actor=actor, verb="passes.cancel_batch", subject=batch, now=now)


def drop_files(batch: Batch) -> None:
    """Nothing of a batch is in clear any more, not even sealed."""
    batch.refresh_from_db(fields=("file", "document"))
    for stored in (batch.file, batch.document):
        if stored is not None:
            delete_file(stored)


def next_slip(campaign: Campaign) -> int:
    """The number of the next slip. The campaign's row is locked until the transaction ends."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    return (Movement.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0) + 1
