"""Who took part: each with what is counted of them that day; and whose first accompaniment it was."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Case, OuterRef, Subquery, Value, When

from pourtous.activities.models import Activity, AnonymousCount, Participation
from pourtous.activities.operations.months import touch_keys
from pourtous.activities.rules.facts import ActivityFacts
from pourtous.people.models import Person
from pourtous.people.rules.ages import age_band


def write_participants(activity: Activity, facts: ActivityFacts, persons: Iterable[Person]) -> None:
    """Make the participations and counts what the facts say. Those that stay keep what was counted of them."""
    wanted = {person.pk: person for person in persons}
    activity.participations.exclude(person__in=wanted).delete()
    present = set(activity.participations.values_list("person_id", flat=True))
    new = [_participation(activity, person) for key, person in wanted.items() if key not in present]
    Participation.objects.bulk_create(new)
    activity.anonymous_counts.all().delete()
    AnonymousCount.objects.bulk_create(
        AnonymousCount(activity=activity, dimension=one.dimension, value=one.value, count=one.count)
        for one in facts.counts
        if one.count
    )


def _participation(activity: Activity, person: Person) -> Participation:
    return Participation(
        activity=activity,
        person=person,
        age_band=age_band(person.birth_year, activity.day.year),
        gender=person.gender,
        status=person.status,
        insee_code=person.commune_id or "",
    )


def count_firsts(persons: Iterable[Any]) -> None:
    """Say again which participation of these persons (keys) is their first, by day; their months are counted again."""
    of_person = Participation.objects.filter(person=OuterRef("person"), activity__deleted_at=None)
    first = of_person.order_by("activity__day", "activity__created_at", "pk").values("pk")[:1]
    yes, no = Value(value=True), Value(value=False)
    is_first = Case(When(pk=Subquery(first), then=yes), default=no, output_field=BooleanField())
    wrong = Participation.objects.filter(person__in=list(persons)).exclude(is_first=is_first)
    touched = list(wrong.values_list("activity_id", flat=True))
    if touched:
        wrong.update(is_first=is_first)
        touch_keys(touched)
