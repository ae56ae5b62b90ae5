"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "territories.create_zone": _("Created a zone"),
        "territories.edit_zone": _("Changed a zone"),
        "territories.close_zone": _("Closed a zone"),
        "territories.import_addresses": _("Imported addresses"),
    }
)
