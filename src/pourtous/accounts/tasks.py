"""Retention of what professionals leave behind."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.operations import invitations
from pourtous.audit import operations as audit
from pourtous.runtime.retention import retention


@retention("audit.acts", _("Acts of the journal, after three years"))
def old_acts(now: datetime, *, dry_run: bool) -> int:
    """Declared here: the journal sees no other app."""
    return audit.purge(now=now, dry_run=dry_run)


@retention("accounts.invitations", _("Invitations, thirty days after they ended"))
def old_invitations(now: datetime, *, dry_run: bool) -> int:
    """Answered or not."""
    return invitations.forget_old(now=now, dry_run=dry_run)
