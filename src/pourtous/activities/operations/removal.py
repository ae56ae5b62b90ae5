"""Taking an activity away, and back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.activities.models import Activity
from pourtous.activities.operations.months import touch
from pourtous.activities.operations.participants import count_firsts
from pourtous.audit.operations import record as note
from pourtous.kernel.errors import DomainError


@transaction.atomic
def remove(*, activity: Activity, actor: Any, now: datetime) -> Activity:
    """Take it out of lists and figures. It can be brought back; removed twice, it is removed once."""
    if Activity.objects.filter(pk=activity.pk, deleted_at=None).update(deleted_at=now, modified_at=now):
        _count_again(activity)
        note(actor=actor, verb="activities.remove", subject=activity, now=now)
    activity.refresh_from_db()
    return activity


@transaction.atomic
def restore(*, activity: Activity, actor: Any, now: datetime) -> Activity:
    """Bring it back."""
    removed = Activity.objects.filter(pk=activity.pk, deleted_at__isnull=False)
    if not removed.update(deleted_at=None, modified_at=now):
        raise DomainError(_("This activity is there: nothing to bring back."))
    _count_again(activity)
    note(actor=actor, verb="activities.restore", subject=activity, now=now)
    activity.refresh_from_db()
    return activity


def _count_again(activity: Activity) -> None:
    touch([activity])
    count_firsts(list(activity.participations.values_list("person_id", flat=True)))
