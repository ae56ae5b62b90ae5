"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs({"messaging.retry": _("Sent a message again"), "messaging.cancel": _("Cancelled a message")})
