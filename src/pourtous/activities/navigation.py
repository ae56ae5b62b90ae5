"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.activities.permissions import FIGURES, RECORD
from pourtous.ui.leaving import before_leaving
from pourtous.ui.navigation import entry

entry(_("Activities"), "activities", RECORD, order=12)
entry(_("Figures"), "figures", FIGURES, order=14)
before_leaving("activities/leave.js", "field", RECORD)
