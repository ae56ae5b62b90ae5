"""Retention of what professionals leave behind."""

from datetime import datetime

from pourtous.accounts.operations import invitations
from pourtous.audit import operations as audit
from pourtous.runtime.schedule import daily


@daily(hour=3)
def forget_old_acts(now: datetime) -> None:
    """Acts of the journal older than three years go."""
    audit.purge(now=now)


@daily(hour=3)
def forget_old_invitations(now: datetime) -> None:
    """Invitations go thirty days after they ended."""
    invitations.forget_old(now=now)
