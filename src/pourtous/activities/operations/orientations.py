"""What came of sending somebody on: told once, never asked again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.activities.enums import OrientationOutcome
from pourtous.activities.models import Activity
from pourtous.audit.operations import record as note
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError


@transaction.atomic
def tell_outcome(*, activity: Activity, outcome: str, actor: Any, now: datetime) -> Activity:
    """Say what came of an orientation; another answer may still replace the first."""
    if outcome not in OrientationOutcome.values:
        raise DomainError(_("Choose one of the answers."), field="outcome")
    sent_on = Activity.objects.filter(pk=activity.pk, deleted_at=None).exclude(orientation="")
    if not sent_on.update(orientation_outcome=outcome, outcome_asked_on=paris(now).date(), modified_at=now):
        raise DomainError(_("This activity sends nobody on."))
    activity.refresh_from_db()
    note(actor=actor, verb="activities.outcome", subject=activity, now=now, details={"outcome": outcome})
    return activity
