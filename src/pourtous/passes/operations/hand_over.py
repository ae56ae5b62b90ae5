"""Handing a book to a person: from here on its passes are committed money, and can be used."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.agenda.models import Registration
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Account, BookState, HandOverChannel, PassState, PostingKind, Unbooked
from pourtous.passes.models import Book, HandOver, Pass
from pourtous.passes.operations.ledger import current_plan, post
from pourtous.passes.operations.states import move_passes
from pourtous.passes.queries.eligibility import Eligibility, eligibility
from pourtous.people.models import Person
from pourtous.people.operations import contacted

SLIP_DAYS = 31  # how long after it a hand-over on paper is typed in
_GIVABLE = (BookState.ENTRUSTED, BookState.IN_SAFE)


@dataclass(frozen=True)
class How:
    """How a book was handed over, and what came first: a session booked, or why none was."""

    channel: HandOverChannel = HandOverChannel.DESK
    handed_on: date | None = None  # None: today
    age: int | None = None  # asked for, in the boundary year
    first_registration: Registration | None = None
    unbooked: Unbooked | str = ""


@transaction.atomic
def hand_over(
    *,
    book: Book,
    person: Person,
    unit: Unit,
    how: How,
    actor: Any,
    now: datetime,
    replaces: HandOver | None = None,
) -> HandOver:
    """Hand a book that the unit holds to somebody the campaign is for.

    DomainError (fields `book`, `person`, `handed_on`) with the reasons in words. A lost book's replacement is not
    counted against the cap, and is for the same person.
    """
    day = _day(how, now)
    judged = eligibility(book.campaign, person, on=day, age=how.age)
    _check(judged, person, replaces)
    made = HandOver(
        campaign=book.campaign,
        book=book,
        person=person,
        ordinal=judged.ordinal,
        public=judged.public or (replaces.public if replaces else None),
        unit=unit,
        by=actor,
        commune=person.commune,
        channel=how.channel,
        handed_on=day,
        recorded_at=now,
        first_registration=how.first_registration,
        unbooked="" if how.first_registration else how.unbooked,
        replaces=replaces,
    )
    _give(book, unit, day)
    _insert(made)
    _commit(made, actor, now)
    contacted(person=person, on=day)
    record(actor=actor, verb="passes.hand_over", subject=made, now=now)
    return made


def _day(how: How, now: datetime) -> date:
    today = paris(now).date()
    day = how.handed_on or today
    earliest = today - timedelta(days=SLIP_DAYS if how.channel == HandOverChannel.SLIP else 0)
    if not earliest <= day <= today:
        raise DomainError(_("This day is too far away, or still to come."), field="handed_on")
    return day


def _check(judged: Eligibility, person: Person, replaces: HandOver | None) -> None:
    if replaces is not None and (replaces.person_id != person.pk or replaces.undone_at is not None):
        raise DomainError(_("A book is replaced for the person who had it."), field="person")
    if judged.fits or replaces is not None:
        return
    why = ". ".join(reason.text for reason in judged.reasons)
    message = _("This book cannot be handed to this person. %(why)s.") % {"why": why}
    raise DomainError(message, field="person")


def _give(book: Book, unit: Unit, day: date) -> None:
    held = Book.objects.filter(pk=book.pk, state__in=_GIVABLE, holder=unit, blocked_on=None)
    if not held.update(state=BookState.HANDED, valid_until=book.campaign.life.last_day_of(day)):
        raise DomainError(_("Your unit does not hold this book, or it was already handed over."), field="book")


def _insert(made: HandOver) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(
            _("This person, or this book, has just been served by somebody else."), field="person"
        ) from error


def _commit(made: HandOver, actor: Any, now: datetime) -> None:
    value = move_passes(Pass.objects.filter(book=made.book), PassState.STOCK, PassState.HANDED)
    if not value:
        raise DomainError(_("The passes of this book are cancelled."), field="book")
    post(
        plan=current_plan(made.campaign, now=now),
        kind=PostingKind.HAND_OVER,
        key=f"hand_over:{made.pk}",
        value=value,
        source=Account.STOCK,
        target=Account.COMMITTED,
        now=now,
        by=actor,
    )


@transaction.atomic
def undo_hand_over(*, made: HandOver, actor: Any, now: datetime) -> None:
    """The wrong book, or the wrong person: while none of its passes was used, the book is back with the unit."""
    if made.replaces_id is not None:
        raise DomainError(_("This book replaces another one: it cannot be taken back. Declare it lost or damaged."))
    returned = Book.objects.filter(pk=made.book_id, state=BookState.HANDED)
    if not returned.update(state=BookState.ENTRUSTED, holder=made.unit, valid_until=None):
        raise DomainError(_("This book is not in somebody’s hands: it cannot be taken back."))
    passes = Pass.objects.filter(book=made.book)
    if passes.filter(state=PassState.REDEEMED).exists():
        raise DomainError(_("A pass of this book was used: it cannot be taken back."))
    if not HandOver.objects.filter(pk=made.pk, undone_at=None).update(undone_at=now):
        raise DomainError(_("This hand-over was already undone."))
    value = move_passes(passes, PassState.HANDED, PassState.STOCK)
    if value:
        post(
            plan=current_plan(made.campaign, now=now),
            kind=PostingKind.TAKE_BACK,
            key=f"take_back:{made.pk}",
            value=value,
            source=Account.COMMITTED,
            target=Account.STOCK,
            now=now,
            by=actor,
        )
    record(actor=actor, verb="passes.undo_hand_over", subject=made, now=now)
