"""Who may do what with passes. Objects: a unit for hand-over, stock and counter; an organisation for a host's affairs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, Role
from pourtous.kernel.permissions import Standing, permission


def _steers(standing: Standing, _subject: Any) -> bool:
    return standing.has(Capability.STEERING)


def _in_unit(standing: Standing, unit: Any, capability: Capability, *, personal: bool, role: str | None = None) -> bool:
    held = standing.held(role=role, personal=personal)
    return any(capability in post.capabilities and (unit is None or post.unit_id == unit.pk) for post in held)


def _hands_over(standing: Standing, unit: Any) -> bool:
    return _in_unit(standing, unit, Capability.PRESCRIBER, personal=True)


def _holds_stock(standing: Standing, unit: Any) -> bool:
    """Those who steer, and prescribers for what their unit holds."""
    return _steers(standing, unit) or _in_unit(standing, unit, Capability.PRESCRIBER, personal=False)


def _takes(standing: Standing, unit: Any) -> bool:
    """Taking a pass is taking attendance: names are seen."""
    return _in_unit(standing, unit, Capability.HOST, personal=True)


def _enrols(standing: Standing, unit: Any) -> bool:
    return _in_unit(standing, unit, Capability.HOST, personal=True, role=Role.MANAGER)


def _answers_for_host(standing: Standing, organisation: Any) -> bool:
    managed = standing.held(role=Role.MANAGER)
    return any(
        Capability.HOST in post.capabilities and (organisation is None or post.organisation_id == organisation.pk)
        for post in managed
    )


def _sees_claims(standing: Standing, organisation: Any) -> bool:
    return _steers(standing, organisation) or _answers_for_host(standing, organisation)


MANAGE = permission("passes.manage", _("Set up campaigns of passes, their stock, hosts and payments"), _steers)
HAND_OVER = permission("passes.hand_over", _("Hand books of passes to people"), _hands_over)
HOLD_STOCK = permission("passes.hold_stock", _("Give and receive books of passes for one’s unit"), _holds_stock)
TAKE = permission("passes.take", _("Take passes for the sessions of one’s unit"), _takes)
ENROL = permission("passes.enrol", _("Enrol tablets and make keys for programs"), _enrols)
ANSWER_FOR_HOST = permission("passes.host", _("Ask to take passes, give prices and bank details"), _answers_for_host)
SEE_CLAIMS = permission("passes.see_claims", _("See what a host is owed and paid"), _sees_claims)
