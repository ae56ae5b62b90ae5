"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.places.permissions import IMPORT
from pourtous.ui.navigation import entry

entry(_("Imports"), "imports", IMPORT, order=60)
