"""Who may do what with courses: people of host and mediation units, each for their own unit."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability
from pourtous.kernel.permissions import Post, Standing, permission

_HOLDING = frozenset({Capability.HOST.value, Capability.MEDIATION.value})


def _holds_courses(post: Post) -> bool:
    return bool(_HOLDING & post.capabilities)


def _edits(standing: Standing, unit: Any) -> bool:
    return any(_holds_courses(post) and (unit is None or post.unit_id == unit.pk) for post in standing.posts)


def _takes(standing: Standing, unit: Any) -> bool:
    """Names and phones: only where personal data may be held."""
    held = standing.held(personal=True)
    return any(_holds_courses(post) and (unit is None or post.unit_id == unit.pk) for post in held)


# Their object is a unit.
EDIT_COURSES = permission(
    "agenda.edit_courses", _("Write the courses of one’s unit, plan their sessions, count people met"), _edits
)
TAKE_ATTENDANCE = permission(
    "agenda.take_attendance", _("See who is registered for the sessions of one’s unit, register, say who came"), _takes
)
