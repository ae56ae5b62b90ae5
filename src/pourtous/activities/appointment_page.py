"""What this app adds to the page of an appointment: record what was done, or see what was recorded."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.activities.models import Activity
from pourtous.activities.permissions import RECORD, SEE
from pourtous.agenda.appointment_actions import appointment_action
from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.kernel.permissions import can
from pourtous.people.actions import Action

_MET = frozenset({AppointmentState.BOOKED, AppointmentState.HONOURED})


@appointment_action(order=10)
def record_it(appointment: Appointment, user: User, now: datetime) -> Action | None:
    """The mediator records once it has begun: person, place, day and length are filled in. Then it leads to it."""
    activity = Activity.objects.filter(appointment=appointment, deleted_at=None).first()
    if activity is not None:
        address = reverse("activity", kwargs={"identity": activity.pk})
        return Action(_("See the activity"), address, "document") if can(user, SEE, activity) else None
    is_own = appointment.mediator_user_id == user.pk and appointment.starts_at <= now
    if not (is_own and appointment.state in _MET and can(user, RECORD)):
        return None
    return Action(_("Record the activity"), f"{reverse('activity-new')}?rendez-vous={appointment.code}", "edit")
