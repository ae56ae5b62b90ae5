"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "places.create": _("Created a place"),
        "places.edit": _("Edited a place"),
        "places.confirm": _("Confirmed a place as it is"),
        "places.published": _("Published a place"),
        "places.hidden": _("Hid a place"),
        "places.closed": _("Closed a place for good"),
        "places.assign_unit": _("Gave a place to a unit"),
        "places.release_field": _("Gave a value back to its source"),
        "places.absent_keep": _("Kept a place that is gone from a file"),
        "places.absent_close": _("Closed a place that is gone from a file"),
        "places.import": _("Imported a file of places"),
        "places.report_problem": _("Reported something wrong"),
        "places.report_settled": _("Put right what was reported"),
        "places.report_dismissed": _("Checked a report: nothing to change"),
    }
)
