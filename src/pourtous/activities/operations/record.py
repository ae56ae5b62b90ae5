"""Recording what was done: once, however often it is sent; and putting it right, with what it was."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.activities.models import Activity, ActivityVersion
from pourtous.activities.operations.links import Links, resolve
from pourtous.activities.operations.months import touch
from pourtous.activities.operations.participants import count_firsts, write_participants
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.rules.facts import SAME, ActivityFacts, mark, same, was
from pourtous.activities.rules.valid_activity import check
from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.operations import appointments
from pourtous.audit.operations import record as note
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.operations import contacted


class ConflictError(DomainError):
    """The id already stands for other facts: `activity` is what is recorded (None when it is somebody else's)."""

    def __init__(self, message: str, activity: Activity | None) -> None:
        super().__init__(message, field="id")
        self.activity = activity


def record(*, identity: UUID, facts: ActivityFacts, actor: Any, now: datetime, sent: str = "") -> Activity:
    """Record an activity of `actor` under an id its client made. The same facts again give the same answer.

    `sent` is what to know it by when it arrives again, when that is not the facts themselves. Raises DomainError with
    the field at fault; `ConflictError` when the id, or the appointment, has other facts already.
    """
    if (known := _recorded(identity, facts, actor)) is not None:
        return known
    try:
        return _create(identity, facts, actor, now, sent or mark(facts))
    except IntegrityError:
        # Sent twice at once: the other one was first. Or its appointment got its activity meanwhile.
        if (known := _recorded(identity, facts, actor)) is not None:
            return known
        raise _taken(facts, actor) from None


def _recorded(identity: UUID, facts: ActivityFacts, actor: Any) -> Activity | None:
    found = Activity.objects.filter(pk=identity).first()
    if found is None:
        return None
    if found.mediator_id != actor.pk:
        raise ConflictError(_("This entry cannot be kept under this number. Record it again."), None)
    if found.recorded_mark != mark(facts) and not same(facts_of(found), facts):
        raise ConflictError(_("This activity is already recorded, and says something else."), found)
    return found


def _taken(facts: ActivityFacts, actor: Any) -> ConflictError:
    """Why what should be new is not: its appointment has its activity."""
    found = Activity.objects.filter(appointment=facts.appointment).first() if facts.appointment else None
    mine = found if found is not None and found.mediator_id == actor.pk else None
    return ConflictError(_("The activity of this appointment is already recorded."), mine)


@transaction.atomic
def _create(identity: UUID, facts: ActivityFacts, actor: Any, now: datetime, known_by: str) -> Activity:
    check(facts, today=paris(now).date(), oldest_days=settings.ACTIVITY_OLDEST_DAYS)
    links = resolve(facts, actor=actor, now=now)
    activity = Activity(pk=identity, mediator=actor, created_at=now, recorded_mark=known_by)
    _fill(activity, facts, links, now)
    activity.save(force_insert=True)
    activity.tags.set(links.tags)
    write_participants(activity, facts, links.persons)
    touch([activity])
    count_firsts({person.pk for person in links.persons})
    _tell_others(activity, links, actor, now)
    note(actor=actor, verb="activities.record", subject=activity, now=now)
    return activity


_NOT_YET_HONOURED = (AppointmentState.BOOKED, AppointmentState.MISSED)


def _tell_others(activity: Activity, links: Links, actor: Any, now: datetime) -> None:
    """The persons were met on that day; the appointment took place."""
    for person in links.persons:
        contacted(person=person, on=activity.day)
    booked = links.appointment
    if booked is not None and booked.state in _NOT_YET_HONOURED and booked.starts_at <= now:
        appointments.settle(appointment=booked, state=AppointmentState.HONOURED, actor=actor, now=now)


_PLAIN = (*SAME, "participant_count")


def _fill(activity: Activity, facts: ActivityFacts, links: Links, now: datetime) -> None:
    for name in _PLAIN:
        setattr(activity, name, getattr(facts, name))
    activity.unit, activity.place = links.unit, links.place
    activity.insee_code, activity.commune = links.insee_code, links.commune
    activity.appointment, activity.session = links.appointment, links.session
    activity.modified_at = now


@transaction.atomic
def edit(
    *, activity: Activity, facts: ActivityFacts, actor: Any, now: datetime, seen: datetime | None = None
) -> Activity:
    """Put an activity right; what it was is kept, free text apart. Without any difference nothing is written.

    `seen` is the `modified_at` one had on screen. Raises DomainError, also when somebody changed it meanwhile.
    """
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    before = facts_of(locked)
    check(facts, today=paris(now).date(), oldest_days=settings.ACTIVITY_OLDEST_DAYS, before=before)
    if not (changed := was(before, facts)):
        return locked
    if seen is not None and locked.modified_at != seen:
        raise ConflictError(_("This activity changed meanwhile. Look at it again."), locked)
    links = resolve(facts, actor=actor, now=now, before=before)
    touch([locked])
    _fill(locked, facts, links, now)
    _forget_outcome(locked, changed)
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise _taken(facts, actor) from None
    locked.tags.set(links.tags)
    write_participants(locked, facts, links.persons)
    touch([locked])
    count_firsts({*before.persons, *facts.persons})
    _tell_others(locked, links, actor, now)
    ActivityVersion.objects.create(activity=locked, at=now, by=actor, was=changed)
    note(actor=actor, verb="activities.edit", subject=locked, now=now, details={"changed": sorted(changed)})
    return locked


def _forget_outcome(activity: Activity, changed: dict[str, Any]) -> None:
    """Another orientation is asked about in its turn."""
    if "orientation" in changed:
        activity.orientation_outcome, activity.outcome_asked_on = "", None
