"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "agenda.book": _("Booked an appointment"),
        "agenda.hold": _("Kept an hour until a code is typed"),
        "agenda.confirm": _("Confirmed an appointment with a code"),
        "agenda.release": _("Gave back an hour nobody confirmed"),
        "agenda.move": _("Moved an appointment"),
        "agenda.cancel": _("Cancelled an appointment"),
        "agenda.settle": _("Said what became of an appointment"),
        "agenda.ask_call": _("Asked to be called"),
        "agenda.take_call": _("Took a call to give back"),
        "agenda.call_done": _("Gave a call back"),
        "agenda.call_tried": _("Called, nobody answered"),
        "agenda.send_sheet": _("Sent the sheet of a place by text message"),
        "agenda.wait": _("Waits for an earlier hour"),
        "agenda.wait_first": _("Waits for an hour that suits"),
        "agenda.stop_waiting": _("No longer waits for an hour"),
        "agenda.note_told": _("Told somebody of a change in another way"),
        "agenda.correct": _("Corrected an appointment"),
        "agenda.save_kind": _("Set up a kind of appointment"),
        "agenda.save_room": _("Set up a room or a vehicle"),
        "agenda.save_availability": _("Set open hours"),
        "agenda.end_availability": _("Ended open hours"),
        "agenda.add_absence": _("Entered an absence"),
        "agenda.remove_absence": _("Removed an absence"),
        "agenda.add_calendar": _("Connected an outside calendar"),
        "agenda.remove_calendar": _("Disconnected an outside calendar"),
        "agenda.renew_feed": _("Made a new calendar address"),
        "agenda.turn_off_feed": _("Turned a calendar address off"),
        "agenda.create_course": _("Created a course"),
        "agenda.update_course": _("Changed a course"),
        "agenda.draft_course": _("Took a course back to draft"),
        "agenda.published_course": _("Published a course"),
        "agenda.closed_course": _("Closed a course"),
        "agenda.duplicate_course": _("Copied a course"),
        "agenda.plan_run": _("Planned sessions"),
        "agenda.edit_session": _("Changed a session"),
        "agenda.cancel_session": _("Cancelled a session"),
        "agenda.register": _("Registered somebody for a session"),
        "agenda.send_registration": _("Sent a registration again"),
        "agenda.cancel_registration": _("Cancelled a registration"),
        "agenda.take_attendance": _("Took attendance"),
        "agenda.count_contact": _("Counted somebody met"),
    }
)
