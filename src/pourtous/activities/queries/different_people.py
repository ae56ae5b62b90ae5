"""How many different people with a file were helped: the only figure that months do not add up to."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from pourtous.activities.models import Activity, MonthPerson, Participation, TerritoryPeople
from pourtous.activities.rules.number_sets import packed, united


def of_some(helped: QuerySet[MonthPerson], fresh: QuerySet[Activity] | None) -> int:
    """Different people of what is counted ahead and of the activities that are not (None: all are)."""
    people = helped.order_by().values("person_id").distinct()
    return people.count() if fresh is None else people.union(_met(fresh).values("person_id").distinct()).count()


def of_all(
    months: tuple[date, date], helped: QuerySet[MonthPerson], fresh: QuerySet[Activity] | None, *, but: Collection[date]
) -> int:
    """The same of the whole territory, from sets of months. Of months in `but` only what is still right (`helped`)."""
    first, end = months
    whole = TerritoryPeople.objects.filter(month__gte=first, month__lt=end).exclude(month__in=but)
    people = united(map(bytes, whole.order_by().values_list("people", flat=True)))
    if but:
        parts = helped.filter(month__in=but).order_by()
        people |= united([packed(parts.values_list("person__counted__pk", flat=True).distinct())])
    if fresh is None:
        return people.bit_count()
    numbers = list(_met(fresh).values_list("person__counted__pk", "person_id").distinct())
    people |= united([packed(number for number, _person in numbers if number is not None)])
    return people.bit_count() + sum(number is None for number, _person in numbers)


def _met(activities: QuerySet[Activity]) -> QuerySet[Participation]:
    return Participation.objects.filter(activity__in=activities.order_by().values("pk")).order_by()
