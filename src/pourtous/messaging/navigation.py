"""Our words in the professional navigation, with that of the journal: audit stands beside ui and cannot say it."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.permissions import READ
from pourtous.messaging.permissions import MANAGE
from pourtous.ui.navigation import entry

entry(_("Messages"), "messages", MANAGE, order=800)
entry(_("Journal"), "journal", READ, order=810)
