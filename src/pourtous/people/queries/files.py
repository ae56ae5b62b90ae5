"""What the page of one person shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pourtous.accounts.models import Unit
from pourtous.accounts.queries.agreements import covered
from pourtous.people.enums import PersonState
from pourtous.people.models import Criterion, FollowUp, Person, Relation
from pourtous.people.permissions import FOLLOWERS
from pourtous.people.queries import active_follow_ups, own_unit_ids
from pourtous.people.rules.audiences import Facts
from pourtous.people.rules.validity import ENDING_DAYS, CriterionState, state_on

NEW_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Checked:
    """A criterion as the page tells it: the last check of its kind, and what it is worth today."""

    criterion: Criterion
    state: CriterionState
    by: str  # the unit that checked; empty when another unit did, and the person did not agree to be found

    @property
    def counts(self) -> bool:
        """Whether it is valid today."""
        return self.state in {CriterionState.VALID, CriterionState.ENDING}


def criteria_of(user: Any, person: Person, *, on: date) -> list[Checked]:
    """The last check of each kind, valid ones first; what was withdrawn is gone but on the same day, to undo it."""
    last: dict[str, Criterion] = {}
    for one in person.criteria.select_related("checked_by", "unit").order_by("checked_on", "id"):
        last[one.kind] = one
    mine = set(own_unit_ids(user))
    told = [
        Checked(
            one,
            state_on(one.valid_until, one.withdrawn_on, on),
            one.unit.name if one.unit_id in mine or person.agrees_to_be_found else "",
        )
        for one in last.values()
    ]
    kept = [one for one in told if one.state != CriterionState.WITHDRAWN or one.criterion.withdrawn_on == on]
    return sorted(kept, key=lambda one: (not one.counts, one.criterion.kind))


def valid_criteria(person: Person, *, on: date) -> dict[str, CriterionState]:
    """What was ever checked of a person and its worth on this day, withdrawn included: the facts of an audience."""
    last: dict[str, CriterionState] = {}
    for one in person.criteria.order_by("checked_on", "id"):
        last[one.kind] = state_on(one.valid_until, one.withdrawn_on, on)
    return last


def own_follow_ups(user: Any, person: Person, *, on: date) -> list[FollowUp]:
    """Follow-ups of the user's units that count on this day."""
    mine = active_follow_ups(on).filter(person=person, unit__in=own_unit_ids(user))
    return list(mine.select_related("unit__organisation", "started_by"))


def other_units(user: Any, person: Person, *, on: date) -> list[Unit]:
    """Units of others that follow too: only when the person agreed to be found, else none at all."""
    if not person.agrees_to_be_found:
        return []
    others = active_follow_ups(on).filter(person=person).exclude(unit__in=own_unit_ids(user))
    return list(Unit.objects.filter(pk__in=others.order_by().values("unit")).select_related("organisation"))


def relations_of(person: Person) -> list[Relation]:
    """Who stands beside a person."""
    return list(person.relations.all())


def own_follow_up(user: Any, person: Person, identity: UUID) -> FollowUp | None:
    """A follow-up of a person by a unit of the user."""
    mine = FollowUp.objects.filter(pk=identity, person=person, unit__in=own_unit_ids(user))
    return mine.select_related("unit__organisation", "person").first()


def ended_today(user: Any, *, on: date) -> list[FollowUp]:
    """Follow-ups of the user's units that ended on this day: what can still be undone."""
    mine = FollowUp.objects.filter(ended_on=on, unit__in=own_unit_ids(user), person__state="active")
    return list(mine.select_related("person", "unit"))


def units_to_follow(*, on: date) -> QuerySet[Unit]:
    """Units that may follow people: active, prescribing or helping, of an organisation that may hold personal data."""
    able = Q()
    for capability in sorted(FOLLOWERS):
        able |= Q(capabilities__has=capability)
    open_units = Unit.objects.filter(able, covered(on, "organisation"), is_active=True, organisation__is_active=True)
    return open_units.select_related("organisation").order_by("organisation__name", "name")


def units_that_pass_on() -> QuerySet[Unit]:
    """Active units through which a person may be reached."""
    found = Unit.objects.filter(is_active=True, organisation__is_active=True)
    return found.select_related("organisation").order_by("organisation__name", "name")


def ending_criteria(user: Any, *, on: date) -> QuerySet[Criterion]:
    """Checks by or for the user's units that end soon and were not renewed, soonest first."""
    mine = active_follow_ups(on).filter(person=OuterRef("person"), unit__in=own_unit_ids(user))
    renewed = Criterion.objects.filter(
        person=OuterRef("person"), kind=OuterRef("kind"), checked_on__gt=OuterRef("checked_on")
    )
    soon = Criterion.objects.filter(
        Exists(mine),
        ~Exists(renewed),
        withdrawn_on=None,
        valid_until__gt=on,
        valid_until__lte=on + timedelta(days=ENDING_DAYS),
    )
    # Said by what is left out: "state = active" would make SQLite start from all persons.
    kept = soon.exclude(person__state__in=(PersonState.MERGED, PersonState.ANONYMISED))
    return kept.select_related("person").order_by("valid_until", "id")


def given_lately(user: Any, *, on: date) -> list[FollowUp]:
    """People that somebody of another unit gave to the user's units these last days."""
    mine = active_follow_ups(on).filter(unit__in=own_unit_ids(user), started_on__gt=on - NEW_FOR)
    given = mine.exclude(started_by=None).exclude(started_by__memberships__unit=F("unit"))
    return list(given.select_related("person", "unit").distinct())


def audience_facts(person: Person, *, on: date, age: int | None = None) -> Facts:
    """What is known of a person, for `Audience.judge`; `age`: as the prescriber asked for it."""
    return Facts(
        on=on,
        criteria=valid_criteria(person, on=on),
        birth_year=person.birth_year,
        age=age,
        commune=person.commune_id,
    )
