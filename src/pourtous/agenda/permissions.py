"""Who may do what with agendas."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, Role
from pourtous.kernel.permissions import Post, Standing, permission


def _mediates(post: Post) -> bool:
    """Appointments hold names and phones: only where personal data may be held."""
    return post.holds_personal_data and Capability.MEDIATION.value in post.capabilities


def _uses(standing: Standing, unit: Any) -> bool:
    return any(_mediates(post) and (unit is None or post.unit_id == unit.pk) for post in standing.posts)


def _manages(standing: Standing, unit: Any) -> bool:
    held = standing.held(role=Role.MANAGER)
    return any(_mediates(post) and (unit is None or post.unit_id == unit.pk) for post in held)


def _sees(standing: Standing, appointment: Any) -> bool:
    if appointment is None:
        return _uses(standing, None)
    is_own = standing.is_signed_in and appointment.mediator_user_id == standing.user_id
    return any(_mediates(post) and (is_own or post.unit_id == appointment.unit_id) for post in standing.posts)


# Their object is a unit, but for SEE: an appointment with its mediator.
USE = permission("agenda.use", _("Have an agenda, and book in those of one’s unit"), _uses)
MANAGE = permission(
    "agenda.manage", _("Set up the agenda of one’s unit: kinds of appointments, rooms, vehicles"), _manages
)
SEE = permission("agenda.see", _("See and change an appointment of one’s unit, or one’s own"), _sees)


_HOLDING = frozenset({Capability.HOST.value, Capability.MEDIATION.value})


def _holds_courses(post: Post) -> bool:
    return bool(_HOLDING & post.capabilities)


def _edits_courses(standing: Standing, unit: Any) -> bool:
    return any(_holds_courses(post) and (unit is None or post.unit_id == unit.pk) for post in standing.posts)


def _takes_attendance(standing: Standing, unit: Any) -> bool:
    """Names and phones: only where personal data may be held."""
    held = standing.held(personal=True)
    return any(_holds_courses(post) and (unit is None or post.unit_id == unit.pk) for post in held)


# People of host and mediation units, each for their own unit: the object is a unit.
EDIT_COURSES = permission(
    "agenda.edit_courses",
    _("Write the courses of one’s unit, plan their sessions, count people met"),
    _edits_courses,
)
TAKE_ATTENDANCE = permission(
    "agenda.take_attendance",
    _("See who is registered for the sessions of one’s unit, register, say who came"),
    _takes_attendance,
)
