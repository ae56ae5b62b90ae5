"""Links to figures for somebody without an account: opened, and closed in one click. Only a digest of the secret is kept."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.activities.models import SharedFigures
from pourtous.activities.rules.links import digest, new_token
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError

MOST_OPEN = 20
_LONGEST = 1000  # characters of the filters


def open_link(*, query: str, unit_id: Any, actor: Any, now: datetime) -> tuple[SharedFigures, str]:
    """A link that shows what `query` (an address's filters) asks for, and its secret, told once.

    Raises DomainError when twenty are open already.
    """
    token = new_token()
    with transaction.atomic():
        if SharedFigures.objects.filter(by=actor, closed_at=None).count() >= MOST_OPEN:
            raise DomainError(_("You have %(count)s open links. Close one first.") % {"count": MOST_OPEN})
        link = SharedFigures.objects.create(
            token_digest=digest(token), query=query[:_LONGEST], unit_id=unit_id, by=actor, created_at=now
        )
        record(actor=actor, verb="activities.share_figures", subject=link, now=now)
    return link, token


def close_link(*, link: SharedFigures, actor: Any, now: datetime) -> None:
    """Nothing answers any more. Closed already: nothing happens."""
    with transaction.atomic():
        if SharedFigures.objects.filter(pk=link.pk, closed_at=None).update(closed_at=now):
            record(actor=actor, verb="activities.close_figures", subject=link, now=now)
