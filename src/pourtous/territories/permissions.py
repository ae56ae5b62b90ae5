"""Who may do what with the territory."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.kernel.permissions import Standing, permission


def _steers(standing: Standing, _zone: Any) -> bool:
    return standing.has("steering")


EDIT_ZONES = permission("territories.edit_zones", _("Make, change and close zones"), _steers)
