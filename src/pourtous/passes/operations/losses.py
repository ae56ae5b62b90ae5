"""A book lost, stolen or damaged in somebody's hands: blocked at once, replaced with what was left, found again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BookState, MovementKind
from pourtous.passes.models import Book, HandOver, Movement, Pass
from pourtous.passes.operations.digests import tell_of_loss
from pourtous.passes.operations.hand_over import How, hand_over
from pourtous.passes.operations.release import release_passes
from pourtous.passes.operations.stock import declare
from pourtous.passes.queries.losses import GONE, came_with, left_to_replace
from pourtous.ui.format import date_in_full

HELD_KINDS = (MovementKind.LOST, MovementKind.STOLEN, MovementKind.DAMAGED)


@transaction.atomic
def declare_held(*, made: HandOver, kind: MovementKind, reason: str, actor: Any, now: datetime) -> Movement:
    """The book of somebody is gone: none of its passes is taken any more, and its prescriber is told.

    DomainError when it is no longer in their hands, with the day it was declared.
    """
    if kind not in HELD_KINDS:
        msg = f"{kind} is not said of a book in somebody's hands"
        raise ValueError(msg)
    book = Book.objects.select_for_update().get(pk=made.book_id)
    if book.state != BookState.HANDED or made.undone_at is not None:
        raise DomainError(_already(book))
    said = reason.strip() or _("Said by the person who had it")
    number = book.number
    slip = declare(campaign=made.campaign, kind=kind, first=number, last=number, reason=said, actor=actor, now=now)
    tell_of_loss(made, slip, actor=actor, now=now)
    return slip


def _already(book: Book) -> str:
    if book.blocked_on is None:
        return _("Nobody holds this book any more.")
    facts = {"state": book.get_state_display(), "day": date_in_full(book.blocked_on)}
    return _("This book is already written down: %(state)s, on %(day)s.") % facts


@transaction.atomic
def replace(*, made: HandOver, book: Book, unit: Unit, actor: Any, now: datetime) -> HandOver:
    """Hand another book over, with as many passes as were left and the same last day; not counted against the cap.

    Its other passes are cancelled, their value goes back to the fund. DomainError (field `book`) when there is nothing
    to replace, or when it was replaced before.
    """
    old = Book.objects.select_for_update().get(pk=made.book_id)
    left = _left(made, old, now)
    if book.campaign_id != made.campaign_id:
        raise DomainError(_("Take a book of the same campaign."), field="book")
    if made.person is None:
        raise DomainError(_("Nobody holds this book any more."))
    given = hand_over(book=book, person=made.person, unit=unit, how=How(), actor=actor, now=now, replaces=made)
    carried = max(old.attended, made.carried + came_with(made, before=paris(now).date()))
    HandOver.objects.filter(pk=given.pk).update(kept=left, carried=carried, public=made.public)
    Book.objects.filter(pk=book.pk).update(valid_until=old.valid_until, attended=carried)
    kept = list(Pass.objects.filter(book=book).order_by("position").values_list("pk", flat=True)[:left])
    surplus = Pass.objects.filter(book=book).exclude(pk__in=kept)
    release_passes(campaign=made.campaign, passes=surplus, key=f"replace:{given.pk}", actor=actor, now=now)
    record(actor=actor, verb="passes.replace", subject=given, now=now, details={"passes": left})
    given.refresh_from_db()
    return given


def _left(made: HandOver, old: Book, now: datetime) -> int:
    """How many passes the new book has. DomainError when it would have none."""
    if old.state not in GONE or made.undone_at is not None or made.released_on is not None:
        raise DomainError(_("Declare the book lost, stolen or damaged first."))
    if HandOver.objects.filter(replaces=made, undone_at=None).exists():
        raise DomainError(_("This book was already replaced."), field="book")
    if old.valid_until is None or paris(now).date() > old.valid_until:
        raise DomainError(_("This book was out of date: it is not replaced."))
    left = left_to_replace(made)
    if left == 0:
        raise DomainError(_("All its passes were used: there is nothing to replace."))
    return left


def found_again(*, made: HandOver, actor: Any, now: datetime) -> Movement:
    """A lost book turns up: it is taken back and destroyed, its passes stay cancelled. DomainError when it was not lost."""
    number = made.book.number
    if made.book.state not in {BookState.LOST, BookState.STOLEN}:
        raise DomainError(_("This book was not declared lost or stolen."))
    return declare(
        campaign=made.campaign,
        kind=MovementKind.DESTROYED,
        first=number,
        last=number,
        reason=_("Found again after a loss"),
        actor=actor,
        now=now,
    )
