"""The register of stock: slips that two parties sign, losses, destruction. What a slip says of a range holds for all of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BOOK_MOVES, BookState, MovementKind, SlipState
from pourtous.passes.models import Book, Campaign, Movement
from pourtous.passes.operations.issue import next_slip
from pourtous.passes.operations.release import release_books

_HELD = (BookState.IN_SAFE, BookState.ENTRUSTED)
_GONE = {
    MovementKind.LOST: BookState.LOST,
    MovementKind.STOLEN: BookState.STOLEN,
    MovementKind.DESTROYED: BookState.DESTROYED,
    MovementKind.DAMAGED: BookState.DESTROYED,
}
MOST_REASON = 300
MOST_DECLARED = 100  # books a prescriber declares at a time


@transaction.atomic
def propose_slip(
    *,
    campaign: Campaign,
    kind: MovementKind,
    first: int,
    last: int,
    giver: Unit,
    taker: Unit,
    actor: Any,
    now: datetime,
) -> Movement:
    """Give a range of books to another unit. They stay with the giver until the taker confirms.

    DomainError (field `first`) when the giver does not hold each of them.
    """
    if kind not in {MovementKind.ENTRUSTED, MovementKind.RETURNED}:
        msg = f"{kind} takes no second party"
        raise ValueError(msg)
    if giver == taker:
        raise DomainError(_("Choose another unit."), field="taker")
    _check_held(campaign, first, last, giver)
    slip = Movement.objects.create(
        campaign=campaign,
        number=next_slip(campaign),
        kind=kind,
        first=first,
        last=last,
        from_unit=giver,
        to_unit=taker,
        given_by=actor,
        given_at=now,
    )
    record(actor=actor, verb="passes.propose_slip", subject=slip, now=now)
    return slip


@transaction.atomic
def confirm_slip(*, slip: Movement, actor: Any, now: datetime) -> None:
    """The taker has counted the books and signs: they are theirs. DomainError when something changed meanwhile.

    Two people sign: who gave cannot receive.
    """
    if actor is not None and slip.given_by_id == actor.pk:
        raise DomainError(_("Somebody else must receive these books: two people sign a slip."))
    _settle(slip, SlipState.CONFIRMED, actor, now)
    state = BookState.IN_SAFE if slip.kind == MovementKind.RETURNED else BookState.ENTRUSTED
    moved = _range(slip.campaign, slip.first, slip.last).filter(holder=slip.from_unit, state__in=_HELD)
    if moved.update(holder=slip.to_unit, state=state) != slip.last - slip.first + 1:
        raise DomainError(_("Some of these books are no longer with who gave them. Refuse the slip and count again."))
    record(actor=actor, verb="passes.confirm_slip", subject=slip, now=now)


@transaction.atomic
def refuse_slip(*, slip: Movement, reason: str, actor: Any, now: datetime) -> None:
    """The taker does not have these books: nothing moved."""
    reason = _reason(reason)
    _settle(slip, SlipState.REFUSED, actor, now, reason=reason)
    record(actor=actor, verb="passes.refuse_slip", subject=slip, now=now)


@transaction.atomic
def declare(
    *, campaign: Campaign, kind: MovementKind, first: int, last: int, reason: str, actor: Any, now: datetime
) -> Movement:
    """Books are lost, stolen or destroyed: what was not used of them is cancelled and its value goes back.

    DomainError (field `first`) when a book of the range cannot become so.
    """
    if kind not in _GONE:
        msg = f"{kind} is not declared"
        raise ValueError(msg)
    size = last - first + 1
    slip = Movement.objects.create(
        campaign=campaign,
        number=next_slip(campaign),
        kind=kind,
        first=first,
        last=last,
        reason=_reason(reason),
        state=SlipState.CONFIRMED,
        given_by=actor,
        given_at=now,
        taken_by=actor,
        taken_at=now,
    )
    books = _range(campaign, first, last)
    first_blocked = Coalesce("blocked_on", paris(now).date())  # found again, then destroyed: blocked since its loss
    if size < 1 or books.filter(_may_become(kind)).update(state=_GONE[kind], blocked_on=first_blocked) != size:
        raise DomainError(_("Some of these books cannot be declared so. Look at the register."), field="first")
    release_books(campaign=campaign, books=books, key=f"declare:{slip.pk}", actor=actor, now=now)
    record(actor=actor, verb="passes.declare", subject=slip, now=now, details={"kind": kind})
    return slip


def _may_become(kind: MovementKind) -> Q:
    """A book in somebody's hands is taken back damaged, never destroyed with a range of the stock."""
    if kind == MovementKind.DAMAGED:
        return Q(state=BookState.HANDED)
    allowed = {old for old, new in BOOK_MOVES.items() if _GONE[kind] in new}
    return Q(state__in=allowed - ({BookState.HANDED} if kind == MovementKind.DESTROYED else set()))


def _range(campaign: Campaign, first: int, last: int) -> Any:
    return Book.objects.filter(campaign=campaign, number__gte=first, number__lte=last)


def _check_held(campaign: Campaign, first: int, last: int, unit: Unit) -> None:
    held = _range(campaign, first, last).filter(holder=unit, state__in=_HELD).count()
    if last < first or held != last - first + 1:
        message = _("%(unit)s does not hold each of these books.") % {"unit": unit}
        raise DomainError(message, field="first")
    waiting = Movement.objects.filter(campaign=campaign, state=SlipState.WAITING, first__lte=last, last__gte=first)
    if waiting.exists():
        raise DomainError(_("Another slip about some of these books waits to be confirmed."), field="first")


def _settle(slip: Movement, state: SlipState, actor: Any, now: datetime, reason: str = "") -> None:
    changed = Movement.objects.filter(pk=slip.pk, state=SlipState.WAITING).update(
        state=state, taken_by=actor, taken_at=now, reason=reason
    )
    if not changed:
        raise DomainError(_("This slip no longer waits."))


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= MOST_REASON:
        raise DomainError(_("Write the reason in a few words."), field="reason")
    return text
