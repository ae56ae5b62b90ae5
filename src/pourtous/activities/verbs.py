"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "activities.record": _("Recorded an activity"),
        "activities.edit": _("Changed an activity"),
        "activities.remove": _("Removed an activity"),
        "activities.restore": _("Brought an activity back"),
        "activities.outcome": _("Told what came of an orientation"),
        "activities.tag": _("Made a tag"),
        "activities.retire_tag": _("Put a tag away"),
        "activities.start_diagnosis": _("Began a skills check"),
        "activities.finish_diagnosis": _("Finished a skills check"),
        "activities.discard_diagnosis": _("Threw a skills check away"),
        "activities.merge_tags": _("Merged two tags"),
        "activities.import": _("Imported activities of La Coop"),
        "activities.share_figures": _("Opened a link to figures"),
        "activities.close_figures": _("Closed a link to figures"),
    }
)
