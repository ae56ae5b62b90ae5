"""Going to people: nameless contacts counted by their reason for reluctance."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Format, Reluctance, SessionState
from pourtous.agenda.models import OutreachCount, Session
from pourtous.agenda.operations.seats import locked
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError

_MOST = 10_000


@transaction.atomic
def count_contact(*, session: Session, reason: Reluctance, step: int, actor: Any, now: datetime) -> int:
    """One person more (`step` 1) or one too many (-1) for a reason; never under zero. Returns the new count."""
    session = locked(session)
    if session.course.format != Format.OUTREACH:
        raise DomainError(_("People are counted only at an event of going to people."))
    if session.state == SessionState.CANCELLED:
        raise DomainError(_("This session is cancelled."))
    OutreachCount.objects.get_or_create(session=session, reason=reason, defaults={"count": 0})
    row = OutreachCount.objects.filter(session=session, reason=reason)
    row.filter(count__gte=-min(step, 0), count__lt=_MOST).update(count=F("count") + (1 if step > 0 else -1))
    Session.objects.filter(pk=session.pk, state=SessionState.PLANNED, starts_at__lte=now).update(
        state=SessionState.HELD
    )
    record(actor=actor, verb="agenda.count_contact", subject=session, now=now, details={"reason": reason.value})
    return row.values_list("count", flat=True).get()
