"""Who may do what with organisations and people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, Role
from pourtous.kernel.permissions import Standing, permission


def _steers(standing: Standing, _subject: Any) -> bool:
    return standing.has(Capability.STEERING)


def _manages(standing: Standing, unit: Any) -> bool:
    if unit is None:
        return any(post.role == Role.MANAGER for post in standing.posts)
    return standing.is_in(unit.pk, role=Role.MANAGER)


def _invites(standing: Standing, unit: Any) -> bool:
    return _steers(standing, unit) or _manages(standing, unit)


def _sees_agreements(standing: Standing, organisation: Any) -> bool:
    if standing.has(Capability.STEERING):
        return True
    if organisation is None:
        return any(standing.held(role=Role.MANAGER))
    return standing.is_of(organisation.pk, role=Role.MANAGER)


MANAGE_ORGANISATIONS = permission("accounts.manage_organisations", _("Manage organisations and their units"), _steers)
SEE_AGREEMENTS = permission(
    "accounts.see_agreements", _("See the agreements of one’s own organisation, or all when steering"), _sees_agreements
)
MANAGE_PEOPLE = permission("accounts.manage_people", _("Manage the people of one’s own unit"), _manages)
INVITE = permission("accounts.invite", _("Invite people: one’s own unit, or any unit when steering"), _invites)
