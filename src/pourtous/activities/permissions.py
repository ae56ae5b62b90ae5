"""Who records activities, who reads them, who looks after tags."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, Role
from pourtous.activities.enums import TagScope
from pourtous.activities.rules.scopes import Scope
from pourtous.kernel.permissions import Standing, permission


def _records(standing: Standing, activity: Any) -> bool:
    """Mediators, and of an activity only the one whose it is."""
    if activity is not None and activity.mediator_id != standing.user_id:
        return False
    return standing.has(Capability.MEDIATION)


def _sees(standing: Standing, activity: Any) -> bool:
    """The mediator, and the managers of the team it was done for (without notes: `READ_NOTES`)."""
    if _records(standing, activity):
        return True
    return activity is not None and standing.is_in(activity.unit_id, role=Role.MANAGER, personal=True)


@dataclass(frozen=True)
class TagOwner:
    """Whose a tag is, as the rule sees it."""

    scope: str
    unit_id: UUID | None = None
    owner_id: UUID | None = None


def _looks_after_tags(standing: Standing, tag: TagOwner | None) -> bool:
    if tag is None:
        return standing.has(Capability.MEDIATION) or standing.has(Capability.STEERING)
    if tag.scope == TagScope.PERSONAL:
        return tag.owner_id == standing.user_id and standing.has(Capability.MEDIATION)
    if tag.scope == TagScope.UNIT:
        return standing.is_in(tag.unit_id, role=Role.MANAGER)
    return standing.has(Capability.STEERING)


def _counts(standing: Standing, scope: Scope | None) -> bool:
    """Mediators their own; managers their team's and their organisation's; those who steer everybody's."""
    if standing.has(Capability.STEERING):
        return True
    if scope is None:
        return standing.has(Capability.MEDIATION)
    if scope.user_id is not None:
        return scope.user_id == standing.user_id and standing.has(Capability.MEDIATION)
    if standing.is_in(scope.unit_id, role=Role.MANAGER, personal=True):
        return True
    return standing.is_of(scope.organisation_id, role=Role.MANAGER, personal=True)


# The object is an activity for the first three, the `TagOwner` of a tag for TAGS, a `Scope` for FIGURES.
RECORD = permission("activities.record", _("Record one’s own activities"), _records)
SEE = permission("activities.see", _("See an activity: one’s own, or those of the team one manages"), _sees)
READ_NOTES = permission("activities.read_notes", _("Read the notes of one’s own activities"), _records)
TAGS = permission("activities.tags", _("Look after tags: one’s own, the team’s, the territory’s"), _looks_after_tags)
FIGURES = permission("activities.figures", _("See figures: one’s own, those of the team or employer, all"), _counts)
