"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "people.register": _("Registered a person"),
        "people.update": _("Corrected a file"),
        "people.read_many": _("Opened very many files within an hour"),
        "people.merge": _("Made one file of two"),
        "people.unmerge": _("Took apart two files made one"),
        "people.anonymise": _("Let go of a file"),
    }
)
