"""What this app itself says on the page of a person."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.people.models import FollowUp, Person
from pourtous.people.queries import own_unit_ids
from pourtous.people.timeline import Moment, source


@source
def follow_ups(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001 (the same for all sources)
    """Follow-ups of the user's own units: when they began and ended. Those of others are not told."""
    mine = FollowUp.objects.filter(person=person, unit__in=own_unit_ids(user)).select_related("unit", "started_by")
    return [moment for one in mine for moment in _moments(one)]


def _moments(one: FollowUp) -> Iterator[Moment]:
    by = one.started_by.name if one.started_by else ""
    purpose = str(one.get_purpose_display())
    yield Moment(one.started_on, _("Followed by %(unit)s: %(purpose)s") % {"unit": one.unit, "purpose": purpose}, by)
    if one.ended_on:
        yield Moment(one.ended_on, _("No longer followed: %(purpose)s") % {"purpose": purpose}, icon="minus")


@source
def checks(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001
    """Criteria that were checked; by whom, for one's own units."""
    mine = set(own_unit_ids(user))
    return [
        Moment(
            one.checked_on,
            _("Checked: %(criterion)s") % {"criterion": one.get_kind_display()},
            one.checked_by.name if one.checked_by and one.unit_id in mine else "",
            icon="document",
        )
        for one in person.criteria.select_related("checked_by")
    ]
