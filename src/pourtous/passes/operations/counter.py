"""What was read at a counter is answered once, however often it is sent: a double tap, a reload, a network that stutters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from pourtous.agenda.models import Session
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Refusal
from pourtous.passes.models import Redemption, RefusedTry
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.queries.finding import pass_read
from pourtous.passes.sealing import digest
from pourtous.runtime.idempotency import fingerprint, once

Outcome = Redemption | RefusedTry


@dataclass(frozen=True)
class Read:
    """What was typed or scanned, and the key of the request: the same for the same reading sent twice.

    `scope` names who asks, so that keys of two readers never meet; `host` is the name of this site.
    """

    text: str
    key: str
    scope: str
    host: str


def take(
    *, read: Read, session: Session, reader: Reader, now: datetime, tell: Callable[[Outcome], dict[str, Any]]
) -> dict[str, Any]:
    """Take the pass that was read, or say why not; `tell` makes of either the answer that is kept for a repeat (JSON).

    The right to take passes for the session's unit is the caller's to check. DomainError before the day of the
    session, and when the key was used for another reading.
    """
    if paris(session.starts_at).date() > paris(now).date():
        raise DomainError(_("Passes are taken on the day of the session, or later."))
    asked = fingerprint({"session": str(session.pk), "read": digest(read.text)})
    return once(
        read.key, asked, lambda: tell(_outcome(read, session, reader, now)), scope=f"passes:{read.scope}", now=now
    )


def _outcome(read: Read, session: Session, reader: Reader, now: datetime) -> Outcome:
    one = pass_read(read.text, host=read.host)
    if one is None:
        unit = reader.tablet.unit if reader.tablet else session.unit
        return RefusedTry.objects.create(unit=unit, session=session, why=Refusal.UNKNOWN, at=now)
    try:
        return redeem(one=one, session=session, reader=reader, now=now)
    except PassRefused as refused:
        if refused.tried is None:
            raise
        return refused.tried
