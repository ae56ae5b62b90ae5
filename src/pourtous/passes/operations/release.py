"""Passes that will never be used: their value leaves what is committed. Dormant, lost, destroyed, or out of date."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.passes.enums import Account, PassState, PostingKind
from pourtous.passes.models import Book, Campaign, Pass
from pourtous.passes.operations.ledger import current_plan, post
from pourtous.passes.operations.states import move_passes

_HELD = {PassState.HANDED: Account.COMMITTED, PassState.STOCK: Account.STOCK}


@transaction.atomic
def release_books(*, campaign: Campaign, books: QuerySet[Book], key: str, actor: Any, now: datetime) -> int:
    """Cancel what is not used of these books; its value goes back to the fund. Returns the cents."""
    passes = Pass.objects.filter(book__in=books)
    return release_passes(campaign=campaign, passes=passes, key=key, actor=actor, now=now)


@transaction.atomic
def release_passes(*, campaign: Campaign, passes: QuerySet[Pass], key: str, actor: Any, now: datetime) -> int:
    """Cancel those of these passes that are not used; their value goes back to the fund. Returns the cents."""
    return _leave(campaign, passes, PassState.RELEASED, PostingKind.RELEASE, key, actor, now)


@transaction.atomic
def expire(*, campaign: Campaign, actor: Any, now: datetime) -> int:
    """Let expire what was handed over and is past its last day (of Paris). Again the same day: nothing. The cents."""
    today = paris(now).date()
    late = Pass.objects.filter(book__campaign=campaign, book__valid_until__lt=today, state=PassState.HANDED)
    cents = _leave(
        campaign, late, PassState.EXPIRED, PostingKind.EXPIRE, f"expire:{campaign.pk}:{now.isoformat()}", actor, now
    )
    if cents:
        record(actor=actor, verb="passes.expire", subject=campaign, now=now, details={"cents": cents})
    return cents


def _leave(
    campaign: Campaign,
    passes: QuerySet[Pass],
    state: PassState,
    kind: PostingKind,
    key: str,
    actor: Any,
    now: datetime,
) -> int:
    total = 0
    for held, account in _HELD.items():
        cents = move_passes(passes, held, state)
        if cents == 0:
            continue
        post(
            plan=current_plan(campaign, now=now),
            kind=kind,
            key=f"{key}:{account}",
            value=cents,
            source=account,
            target=Account.EXPIRED if kind == PostingKind.EXPIRE else Account.RELEASED,
            now=now,
            by=actor,
        )
        total += cents
    return total
