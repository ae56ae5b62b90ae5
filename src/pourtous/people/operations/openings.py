"""Opening a file one's unit does not follow: with a reason, for the day, told to the managers."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.clock import PARIS, paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.people.models import BulkReading, FileOpening, Person
from pourtous.people.operations.readings import tell_managers
from pourtous.people.queries import following_unit_ids

SHORTEST_REASON = 10
LONGEST_REASON = 300


def open_file(*, person: Person, unit: Unit, reason: str, actor: User, now: datetime) -> FileOpening:
    """Open a file for the day, for a stated reason. The managers of the units that follow, and of one's own, are told.

    DomainError when the reason says nothing. A file open already stays open, for its first reason.
    """
    text = clean(reason)
    if len(text) < SHORTEST_REASON:
        raise DomainError(_("Say why in a few words: what do you need to do for this person?"), field="reason")
    if len(text) > LONGEST_REASON:
        raise DomainError(
            _("This is too long: %(length)s letters at most.") % {"length": LONGEST_REASON}, field="reason"
        )
    with transaction.atomic():
        held = FileOpening.objects.filter(person=person, user=actor, opened_at__lte=now, until__gt=now).first()
        if held is not None:
            return held
        made = FileOpening.objects.create(
            person=person, user=actor, unit=unit, reason=text, opened_at=now, until=_until(now)
        )
        record(actor=actor, verb="people.open_file", subject=person, now=now, details={"unit": str(unit.pk)})
        tell_managers(
            units=[*following_unit_ids(person, on=paris(now).date()), unit.pk],
            about_user=actor,
            subject=_("Pourtous: a file was opened with a reason"),
            text=_(
                "%(name)s (%(unit)s) opened the file %(code)s, which that unit does not follow, and gave a reason."
                " Read it on your home page."
            )
            % {"name": actor.name, "unit": unit.name, "code": person.code},
            now=now,
            about="people.opening",
        )
    return made


def _until(now: datetime) -> datetime:
    """The end of the day in Paris, or of a later one when the settings say so."""
    day = paris(now).date() + timedelta(days=max(1, settings.PEOPLE_OPENING_DAYS))
    return datetime.combine(day, time(), tzinfo=PARIS)


def see_opening(*, opening: FileOpening, actor: User, now: datetime) -> None:
    """A manager has looked at an opening; it leaves the home pages. Seen already: nothing changes."""
    with transaction.atomic():
        if FileOpening.objects.filter(pk=opening.pk, seen_at=None).update(seen_at=now, seen_by=actor):
            record(actor=actor, verb="people.see_opening", subject=opening.person, now=now)


def see_bulk_reading(*, reading: BulkReading, actor: User, now: datetime) -> None:
    """A manager has looked at an alert; it leaves the home pages. Seen already: nothing changes."""
    with transaction.atomic():
        if BulkReading.objects.filter(pk=reading.pk, seen_at=None).update(seen_at=now, seen_by=actor):
            record(actor=actor, verb="people.see_bulk_reading", subject=reading.user, now=now)
