"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "messaging.retry": _("Sent a message again"),
        "messaging.cancel": _("Cancelled a message"),
        "messaging.print_letters": _("Prepared letters to print"),
        "messaging.confirm_letters": _("Said that letters are printed"),
        "messaging.undo_letters": _("Put letters back to wait"),
        "messaging.print_later": _("Put a letter back to wait"),
    }
)
