"""What comes back about people who wait and calls to give back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pourtous.agenda.operations import calls, confirming, waiting
from pourtous.runtime.retention import retention
from pourtous.runtime.schedule import every


@every(minutes=1)
def give_back_hours(now: datetime) -> int:
    """Those that were held for a code nobody typed in time."""
    return confirming.release(now=now)


@every(minutes=10)
def tell_of_free_hours(now: datetime) -> int:
    """From nine to six."""
    return waiting.tell_waiting(now=now)


@retention("agenda.waiting", _("People who no longer wait for an earlier hour, after thirty days"))
def old_waiting(now: datetime, *, dry_run: bool) -> int:
    """They go."""
    return waiting.forget_waiting(now=now, dry_run=dry_run)


@retention("agenda.calls", _("Calls given back, thirty days after"))
def old_calls(now: datetime, *, dry_run: bool) -> int:
    """They go."""
    return calls.forget_calls(now=now, dry_run=dry_run)
