"""Who may do what with places."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability
from pourtous.kernel.permissions import Post, Standing, permission

# Units with one of these look after the places that are theirs.
_LOOKING_AFTER = frozenset({Capability.PLACE_MANAGER.value, Capability.MEDIATION.value, Capability.HOST.value})


def _looks_after(post: Post) -> bool:
    return bool(_LOOKING_AFTER & post.capabilities)


def _edits(standing: Standing, place: Any) -> bool:
    if standing.has(Capability.STEERING):
        return True
    if place is None:
        return any(_looks_after(post) for post in standing.posts)
    return any(_looks_after(post) and post.unit_id == place.unit_id for post in standing.posts)


def _manages(standing: Standing, _place: Any) -> bool:
    return standing.has(Capability.STEERING)


EDIT = permission("places.edit", _("Edit a place of one’s own unit, and answer what people report about it"), _edits)
MANAGE = permission("places.manage", _("Create, hide, close and hand over places, and see all reports"), _manages)
IMPORT = permission("places.import", _("Import files of places, and decide about rows that are gone"), _manages)
