"""Reminding of sessions: two days before, once, never after the session has begun."""

from datetime import datetime, timedelta

from django.db import transaction

from pourtous.agenda.models import Registration
from pourtous.agenda.operations.telling import tell_reminder
from pourtous.agenda.queries.registrations import due_reminders

BEFORE = timedelta(hours=48)
_BATCH = 200


def remind(*, now: datetime) -> int:
    """Remind those whose session begins within two days. Returns how many were written to."""
    return sum(_remind(row, now) for row in due_reminders(now=now, until=now + BEFORE)[:_BATCH])


@transaction.atomic
def _remind(row: Registration, now: datetime) -> bool:
    """One reminder; the mark is taken first by a guarded UPDATE, so that two workers never send it twice."""
    if not Registration.objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=now):
        return False
    return tell_reminder(row, now=now) is not None
