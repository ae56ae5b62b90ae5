"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.places.permissions import EDIT, IMPORT
from pourtous.ui.navigation import entry

entry(_("Imports"), "imports", IMPORT, order=60)
entry(_("Places"), "work-places", EDIT, order=20)
entry(_("Reports"), "work-reports", EDIT, order=30)
