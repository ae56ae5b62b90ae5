"""Who may register people, see their files, and answer for their rights."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, Role
from pourtous.kernel.permissions import Post, Standing, permission
from pourtous.people.rules.sight import Sight

# Units with one of these follow people. Others (hosts, refurbishers, donors) meet names in their own work, not files.
FOLLOWERS = frozenset({Capability.PRESCRIBER.value, Capability.MEDIATION.value})


def _follows(post: Post) -> bool:
    return post.holds_personal_data and bool(FOLLOWERS & post.capabilities)


def _registers(standing: Standing, unit: Any) -> bool:
    return any(_follows(post) and (unit is None or post.unit_id == unit.pk) for post in standing.posts)


def _is_followed(standing: Standing, sight: Sight, role: str | None = None) -> bool:
    return any(standing.is_in(unit_id, role=role, personal=True) for unit_id in sight.following)


def _sees(standing: Standing, sight: Sight | None) -> bool:
    if sight is None:
        return _registers(standing, None)
    holds = any(standing.held(personal=True))
    return _is_followed(standing, sight) or (holds and standing.user_id in sight.opened_by)


def _answers(standing: Standing, sight: Sight | None) -> bool:
    """The team that steers (in one place), and the managers of the units that follow the person."""
    if standing.has(Capability.STEERING, personal=True):
        return True
    if sight is None:
        return any(_follows(post) and post.role == Role.MANAGER for post in standing.posts)
    return _is_followed(standing, sight, Role.MANAGER)


def _receives(standing: Standing, _subject: Any) -> bool:
    return standing.has(Capability.STEERING, personal=True) or _registers(standing, None)


def _steers(standing: Standing, _subject: Any) -> bool:
    return standing.has(Capability.STEERING, personal=True)


def _supervises(standing: Standing, unit: Any) -> bool:
    """Managers over their own units; those of the team that steers, in general: over managers who are alone."""
    watching = FOLLOWERS if unit is not None else FOLLOWERS | {Capability.STEERING.value}
    managed = [post for post in standing.held(role=Role.MANAGER, personal=True) if watching & post.capabilities]
    return any(unit is None or post.unit_id == unit.pk for post in managed)


# Their object is a unit for REGISTER and SUPERVISE, a `queries.sight_of(person, now=…)` for SEE and MANAGE_RIGHTS.
REGISTER = permission("people.register", _("Register a person for one’s own unit"), _registers)
SEE = permission("people.see", _("See the file of a person one’s unit follows, or opened with a reason"), _sees)
SUPERVISE = permission("people.supervise", _("Watch who opens files, as manager of a unit"), _supervises)
MANAGE_RIGHTS = permission("people.manage_rights", _("Answer requests of people about their data"), _answers)
RECEIVE_REQUEST = permission("people.receive_request", _("Write down requests of people about their data"), _receives)
LET_GO = permission("people.let_go", _("Draw up and carry out lists of files to let go of"), _steers)
