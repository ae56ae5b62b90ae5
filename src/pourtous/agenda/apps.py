"""Start of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AgendaConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Tell people what happens to their appointments; find what apps above add to the page of one."""
        from pourtous.agenda import events
        from pourtous.agenda.operations import appointment_notices, waiting
        from pourtous.kernel.events import subscribe

        subscribe(events.AppointmentBooked, appointment_notices.on_booked)
        subscribe(events.AppointmentMoved, appointment_notices.on_moved)
        subscribe(events.AppointmentCancelled, appointment_notices.on_cancelled)
        subscribe(events.AppointmentSettled, appointment_notices.on_settled)
        subscribe(events.AppointmentBooked, waiting.on_booked)
        subscribe(events.AppointmentMoved, waiting.on_moved)
        subscribe(events.AppointmentCancelled, waiting.on_cancelled)
        autodiscover_modules("appointment_page")
