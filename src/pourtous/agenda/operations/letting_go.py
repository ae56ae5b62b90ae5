"""What goes with time: names and contacts six months after an appointment, plans of professionals after a year."""

from datetime import datetime, time
from typing import Any

from pourtous.agenda.models import Absence, Appointment, Availability
from pourtous.agenda.rules.occupied_time import on_clock
from pourtous.kernel.clock import paris
from pourtous.people.rules.deadlines import months_after

CONTACT_MONTHS = 6
PLAN_MONTHS = 12
EMPTY: dict[str, Any] = {"first_name": "", "phone": "", "email": "", "home_address": "", "need": "", "language": "fr"}


def empty_contacts(*, now: datetime, dry_run: bool = False) -> int:
    """Empty who came, six months after, when they have no file. The rows stay, for counting. Returns how many."""
    old = Appointment.objects.filter(person=None, emptied_at=None, ends_at__lt=_before(now, CONTACT_MONTHS))
    return old.count() if dry_run else old.update(**EMPTY, emptied_at=now)


def delete_plans(*, now: datetime, dry_run: bool = False) -> int:
    """Delete absences and open hours that were over a year ago. Returns how many."""
    limit = _before(now, PLAN_MONTHS)
    absences = Absence.objects.filter(ends_at__lt=limit)
    patterns = Availability.objects.filter(until_on__lt=paris(limit).date())
    count = absences.count() + patterns.count()
    if not dry_run:
        absences.delete()
        patterns.delete()
    return count


def _before(now: datetime, months: int) -> datetime:
    """The midnight in Paris with which the day so many months ago begins."""
    return on_clock(months_after(paris(now).date(), -months), time())
