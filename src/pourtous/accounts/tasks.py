"""Retention of what professionals leave behind."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.operations import closing, invitations
from pourtous.audit import operations as audit
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import daily


@retention("audit.acts", _("Acts of the journal, after three years"))
def old_acts(now: datetime, *, dry_run: bool) -> int:
    """Declared here: the journal sees no other app."""
    return audit.purge(now=now, dry_run=dry_run)


@retention("accounts.invitations", _("Invitations, thirty days after they ended"))
def old_invitations(now: datetime, *, dry_run: bool) -> int:
    """Answered or not."""
    return invitations.forget_old(now=now, dry_run=dry_run)


@daily(hour=9)
def warn_unused(now: datetime) -> None:
    """Thirty days before an account is closed, its owner is told."""
    closing.warn_unused(now=now)


@retention("accounts.users", _("Names and addresses of accounts, two years after the last sign-in"))
def unused_accounts(now: datetime, *, dry_run: bool) -> int:
    """Their owners were told thirty days before."""
    return closing.close_unused(now=now, dry_run=dry_run)
