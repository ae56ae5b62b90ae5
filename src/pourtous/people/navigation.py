"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.people.permissions import SEE
from pourtous.ui.navigation import entry

entry(_("People"), "people", SEE, order=10)
