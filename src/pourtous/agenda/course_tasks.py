"""What comes back about sessions: reminders, what is let go of, and what is proved."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pourtous.agenda.operations import forgetting
from pourtous.agenda.operations.course_reminders import remind
from pourtous.agenda.queries.registrations import seat_faults
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import every
from pourtous.runtime.verification import check


@every(minutes=15)
def remind_of_sessions(now: datetime) -> int:
    """Two days before."""
    return remind(now=now)


@retention("agenda.contacts", _("Names and contacts of registrations, six months after the session"))
def _contacts(now: datetime, *, dry_run: bool) -> int:
    return forgetting.old_contacts(now=now, dry_run=dry_run)


@retention("agenda.registrations", _("Who was registered for a session, two years after it"))
def _links(now: datetime, *, dry_run: bool) -> int:
    return forgetting.old_links(now=now, dry_run=dry_run)


@check("Seats taken are seats held")
def _seats() -> Iterator[str]:
    yield from seat_faults()
