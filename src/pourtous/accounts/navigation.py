"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.permissions import MANAGE_ORGANISATIONS, MANAGE_PEOPLE
from pourtous.ui.navigation import entry

entry(_("Today"), "work-home", order=0)
entry(_("Organisations"), "organisations", MANAGE_ORGANISATIONS, order=80)
entry(_("My team"), "team", MANAGE_PEOPLE, order=90)
