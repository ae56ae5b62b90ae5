"""Letting go of registrations: contacts six months after the session, who it was after two years."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from pourtous.agenda.models import Registration

CONTACTS_KEPT = timedelta(days=183)
LINKS_KEPT = timedelta(days=2 * 365)


def empty_contacts(rows: QuerySet[Registration], *, now: datetime) -> int:
    """Empty names and contacts of these registrations; seats stay counted. Returns how many."""
    return rows.update(
        first_name="", phone="", email="", contact_key="", language="fr", is_for_other=False, emptied_at=now
    )


def old_contacts(*, now: datetime, dry_run: bool = False) -> int:
    """Names and contacts of sessions that ended six months ago."""
    rows = Registration.objects.filter(emptied_at=None, session__ends_at__lt=now - CONTACTS_KEPT)
    return rows.count() if dry_run else empty_contacts(rows, now=now)


def old_links(*, now: datetime, dry_run: bool = False) -> int:
    """Who was registered for sessions that ended two years ago: the seat stays, nobody is named."""
    rows = Registration.objects.filter(session__ends_at__lt=now - LINKS_KEPT).exclude(person=None)
    return rows.count() if dry_run else rows.update(person=None)
