"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "agenda.book": _("Booked an appointment"),
        "agenda.move": _("Moved an appointment"),
        "agenda.cancel": _("Cancelled an appointment"),
        "agenda.settle": _("Said what became of an appointment"),
        "agenda.correct": _("Corrected an appointment"),
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
        "agenda.cancel_registration": _("Cancelled a registration"),
        "agenda.take_attendance": _("Took attendance"),
        "agenda.count_contact": _("Counted somebody met"),
    }
)
