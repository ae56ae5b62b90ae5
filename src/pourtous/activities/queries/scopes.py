"""Whose figures one may ask for, and what may be chosen inside."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Organisation, Unit, User
from pourtous.accounts.queries import standing_of
from pourtous.activities.models import Activity, Tag
from pourtous.activities.queries.choices import usable_tags
from pourtous.activities.queries.lists import managed_team_ids
from pourtous.activities.rules.periods import ONE_DAY, shifted
from pourtous.activities.rules.scopes import Scope
from pourtous.activities.rules.tally import first_of
from pourtous.places.models import Place

MINE, TEAM, EMPLOYER, ALL = "moi", "equipe", "employeur", "tous"


@dataclass(frozen=True)
class Whose:
    """A choice of whose figures: how an address says it, how a person does, and what the rule is asked about."""

    value: str
    label: str
    scope: Scope

    @property
    def lets_choose_mediator(self) -> bool:
        """Whether figures of one mediator may be asked for: in one's team, and by those who steer."""
        return self.scope.user_id is None and self.value.partition("-")[0] != EMPLOYER


def choices_of(user: Any) -> list[Whose]:
    """All one may ask for, what is shown without choosing first."""
    standing = standing_of(user)
    mine = [Whose(MINE, _("My figures"), Scope(user_id=user.pk))] if standing.has(Capability.MEDIATION) else []
    teams = [_team(unit) for unit in Unit.objects.filter(pk__in=managed_team_ids(user)).order_by("name")]
    if standing.has(Capability.STEERING):
        return [Whose(ALL, _("The whole territory"), Scope()), *mine, *teams, *_employers(Q())]
    managed = {post.organisation_id for post in standing.held(role=Role.MANAGER, personal=True)}
    return [*teams, *mine, *_employers(Q(pk__in=managed))]


def _team(unit: Unit) -> Whose:
    return Whose(f"{TEAM}-{unit.pk}", unit.name, Scope(unit_id=unit.pk))


def _employers(which: Q) -> list[Whose]:
    """Organisations that have a unit of mediation."""
    units = Unit.objects.filter(capabilities__has=Capability.MEDIATION.value)
    found = Organisation.objects.filter(which, pk__in=units.values("organisation"))
    return [
        Whose(f"{EMPLOYER}-{one.pk}", _("Employer: %(name)s") % {"name": one.name}, Scope(organisation_id=one.pk))
        for one in found.order_by("name")
    ]


def read_scope(value: str, user: Any) -> Scope | None:
    """What an address asks for, allowed or not; None when it cannot be read."""
    kind, _dash, identity = value.partition("-")
    if kind == MINE:
        return Scope(user_id=user.pk)
    if kind == ALL:
        return Scope()
    try:
        key = UUID(identity)
    except ValueError:
        return None
    return {TEAM: Scope(unit_id=key), EMPLOYER: Scope(organisation_id=key)}.get(kind)


def name_of(scope: Scope, user: Any) -> Whose | None:
    """The choice that stands for a scope; None when there is no such unit or organisation."""
    if scope.user_id is not None:
        return Whose(MINE, _("Figures of %(name)s") % {"name": user.name}, scope)
    if scope.unit_id is not None:
        unit = Unit.objects.filter(pk=scope.unit_id).first()
        return _team(unit) if unit else None
    if scope.organisation_id is not None:
        one = Organisation.objects.filter(pk=scope.organisation_id).first()
        return Whose(f"{EMPLOYER}-{one.pk}", one.name, scope) if one else None
    return Whose(ALL, _("The whole territory"), scope)


def units_and_mediators(scope: Scope) -> tuple[frozenset[UUID] | None, frozenset[UUID] | None]:
    """The same as keys of units and of mediators; None: all."""
    if scope.user_id is not None:
        return None, frozenset({scope.user_id})
    if scope.unit_id is not None:
        return frozenset({scope.unit_id}), None
    if scope.organisation_id is not None:
        return frozenset(Unit.objects.filter(organisation=scope.organisation_id).values_list("pk", flat=True)), None
    return None, None


def _inside(scope: Scope) -> QuerySet[Activity]:
    units, mediators = units_and_mediators(scope)
    asked = Q() if units is None else Q(unit__in=units)
    asked &= Q() if mediators is None else Q(mediator__in=mediators)
    return Activity.objects.filter(asked, deleted_at=None).order_by()


def oldest_day(scope: Scope, *, today: date) -> date:
    """The first day anything was done, else today."""
    return _inside(scope).aggregate(first=Min("day"))["first"] or today


def mediators_in(scope: Scope) -> QuerySet[User]:
    """Who recorded activities there, by name. Of everybody one activity each is looked up, never all of them."""
    if scope == Scope():
        recorded = Q(Exists(Activity.objects.filter(mediator=OuterRef("pk"), deleted_at=None)))
    else:
        recorded = Q(pk__in=_inside(scope).values("mediator").distinct())
    return User.objects.filter(recorded).exclude(name="").order_by("name")


def tags_for(user: Any, scope: Scope) -> list[Tag]:
    """The tags one may count by: those one may put, and for a team those of the team. Never somebody's own."""
    shared = Tag.objects.filter(unit=scope.unit_id) if scope.unit_id else Tag.objects.none()
    return list((usable_tags(user) | shared).distinct())


def place_named(code: str) -> Place | None:
    """The place of a code."""
    return Place.objects.filter(code=code.upper()).first() if code else None


def month_beside_last_year(scope: Scope, *, today: date) -> dict[str, int]:
    """Accompaniments of this month so far (`count`) and of the same days a year before (`before`)."""
    year_ago = shifted(today, -12)
    return {"count": _sum(scope, first_of(today), today), "before": _sum(scope, first_of(year_ago), year_ago)}


def _sum(scope: Scope, first: date, last: date) -> int:
    days = _inside(scope).filter(day__gte=first, day__lt=last + ONE_DAY)
    return days.aggregate(total=Sum("participant_count"))["total"] or 0
