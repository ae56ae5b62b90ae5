"""What waits for a mediator: orientations whose end nobody knows."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from pourtous.activities.models import Activity
from pourtous.activities.queries.lists import with_everything

ASKED_AFTER = timedelta(days=21)
ASKED_UNTIL = timedelta(days=120)


def orientations_to_ask(user: Any, *, on: date) -> QuerySet[Activity]:
    """Own activities of three weeks ago or more that sent a person on, and of which nobody said what came."""
    rows = Activity.objects.filter(mediator=user.pk, deleted_at=None, outcome_asked_on=None).exclude(orientation="")
    rows = rows.filter(day__lte=on - ASKED_AFTER, day__gt=on - ASKED_UNTIL)
    return with_everything(rows).order_by("day", "pk")
