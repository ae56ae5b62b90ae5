"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.agenda.desk_permissions import ANSWER_CALLS, PRESCRIBE
from pourtous.agenda.permissions import EDIT_COURSES, USE
from pourtous.ui.navigation import entry

entry(_("Agenda"), "agenda", USE, order=5)
entry(_("Courses"), "work-courses", EDIT_COURSES, order=7)
entry(_("Appointments booked"), "prescribed", PRESCRIBE, order=22)
entry(_("Phone desk"), "phone-desk", ANSWER_CALLS, order=24)
