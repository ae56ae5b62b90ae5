"""Our word in the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.territories.permissions import EDIT_ZONES
from pourtous.ui.navigation import entry

entry(_("Zones"), "zones", EDIT_ZONES, order=700)
