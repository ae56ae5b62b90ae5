"""How much each mediator has to do, and whether they are there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from pourtous.agenda.models import Absence, Resource, Tick
from pourtous.agenda.queries.slots import Candidate
from pourtous.agenda.rules.occupied_time import Span, day_span
from pourtous.kernel.clock import paris


def by_load(found: Sequence[Candidate], moment: datetime) -> list[Candidate]:
    """Those with the least taken time in that week (Monday to Sunday in Paris) first; then always the same order."""
    if len(found) < 2:  # noqa: PLR2004 (nothing to choose)
        return list(found)
    first, last = week_span(moment)
    taken = Tick.objects.filter(
        resource__in=[one.resource_id for one in found], number__gte=first, number__lt=last
    ).order_by()
    loads = dict(taken.values_list("resource").annotate(count=Count("id")))
    return sorted(found, key=lambda one: (loads.get(one.resource_id, 0), one.resource_id))


def week_span(moment: datetime) -> Span:
    """The ticks of the week of a moment."""
    day = paris(moment).date()
    monday = day - timedelta(days=day.weekday())
    return day_span(monday)[0], day_span(monday + timedelta(days=7))[0]


def is_absent(resource: Resource, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a resource is away during some of this time."""
    return Absence.objects.filter(resource=resource, starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
