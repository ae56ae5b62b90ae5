"""What a mediator chooses from: teams, tags, places, topics used most, ways of the last days."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.activities.enums import TagScope
from pourtous.activities.models import Tag
from pourtous.territories.models import Commune


def recording_units(user: Any) -> list[Unit]:
    """The teams a mediator records for, the first joined first."""
    ids = [post.unit_id for post in standing_of(user).posts if Capability.MEDIATION in post.capabilities]
    found = Unit.objects.in_bulk(ids)
    return [found[identity] for identity in ids]


def usable_tags(user: Any) -> QuerySet[Tag]:
    """The tags a mediator may put: their own, their teams', the territory's."""
    teams = Q(scope=TagScope.UNIT, unit__in=[post.unit_id for post in standing_of(user).posts])
    mine = Q(scope=TagScope.PERSONAL, owner=user.pk)
    return Tag.objects.filter(mine | teams | Q(scope=TagScope.TERRITORY), is_active=True)


def commune_names() -> list[str]:
    """The communes of the territory, to be offered while one types."""
    here = Commune.objects.filter(departement__in=settings.TERRITORY["departements"])
    return list(here.order_by("name", "code").values_list("name", flat=True))


def tags_of_rows(user: Any) -> list[Tag]:
    """The tags one may look for: those one may put, and those put away that one's own activities carry."""
    return list(Tag.objects.filter(Q(pk__in=usable_tags(user)) | Q(activities__mediator=user.pk)).distinct())


def tags_in_care(user: Any, unit_ids: list[Any], *, steers: bool) -> list[Tag]:
    """The tags one looks after, each with `uses`: one's own, those of units one manages, the territory's for the team."""
    cared = Q(scope=TagScope.PERSONAL, owner=user.pk) | Q(scope=TagScope.UNIT, unit__in=unit_ids)
    if steers:
        cared |= Q(scope=TagScope.TERRITORY)
    rows = Tag.objects.filter(cared, is_active=True).select_related("unit")
    return list(rows.annotate(uses=Count("activities", filter=Q(activities__deleted_at=None))).order_by("name", "id"))
