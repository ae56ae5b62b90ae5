"""Activities of some days in a file, in one layout or the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from pourtous.activities.exporters import coop, own
from pourtous.activities.models import Activity
from pourtous.activities.queries.coop import coop_activities

COOP, OWN = "coop", "own"
LAYOUTS = (COOP, OWN)
KINDS = {COOP: "xlsx", OWN: "csv"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Days from `first` to `last`, both included; None is all."""

    first: date
    last: date
    units: frozenset[UUID] | None = None
    mediators: frozenset[UUID] | None = None

    def rows(self) -> QuerySet[Activity]:
        """The activities, removed ones left out."""
        found = Activity.objects.filter(day__gte=self.first, day__lte=self.last, deleted_at=None)
        if self.units is not None:
            found = found.filter(unit__in=self.units)
        return found if self.mediators is None else found.filter(mediator__in=self.mediators)

    def words(self) -> list[tuple[str, str]]:
        """The filter block of La Coop's layout, in French as the layout is."""
        return [("Début de période", f"{self.first:%d/%m/%Y}"), ("Fin de période", f"{self.last:%d/%m/%Y}")]


def export(
    layout: str,
    rows: QuerySet[Activity],
    *,
    asker: tuple[str, str],
    filters: Sequence[tuple[str, str]],
    with_names: bool,
    now: datetime,
) -> bytes:
    """The file. `asker`: name and role; names of people and free text only with `with_names`."""
    if layout == OWN:
        return own.csv(rows, with_names=with_names)
    found = coop_activities(rows, with_names=with_names)
    return coop.xlsx(found, asker=asker, filters=filters, with_names=with_names, now=now)
