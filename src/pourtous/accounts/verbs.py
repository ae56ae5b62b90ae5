"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "accounts.create_organisation": _("Created an organisation"),
        "accounts.update_organisation": _("Changed an organisation"),
        "accounts.open_organisation": _("Opened an organisation again"),
        "accounts.close_organisation": _("Closed an organisation"),
        "accounts.record_agreement": _("Recorded an agreement"),
        "accounts.correct_agreement": _("Corrected an agreement"),
        "accounts.end_agreement": _("Ended an agreement early"),
        "accounts.create_unit": _("Created a unit"),
        "accounts.update_unit": _("Changed a unit"),
        "accounts.open_unit": _("Opened a unit again"),
        "accounts.close_unit": _("Closed a unit"),
        "accounts.create_user": _("Created an account"),
        "accounts.close_user": _("Closed an account"),
        "accounts.rename_user": _("Changed a name"),
        "accounts.add_member": _("Added somebody to a unit"),
        "accounts.change_role": _("Changed a role"),
        "accounts.remove_member": _("Removed somebody from a unit"),
        "accounts.reset_second_factor": _("Reset a second factor"),
        "accounts.end_sessions": _("Ended sessions"),
        "accounts.invite": _("Invited somebody"),
        "accounts.resend_invitation": _("Sent an invitation again"),
        "accounts.cancel_invitation": _("Cancelled an invitation"),
        "accounts.accept_invitation": _("Accepted an invitation"),
    }
)
