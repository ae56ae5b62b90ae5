"""Where books stop: printed, handed over, first session booked, sessions attended, completed. Counted from the rows.

A book that replaces another one counts in its place, so that a person counts once. Sessions are those its passes paid
for. "Booked" is a session taken since the hand-over, or with it, whatever became of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.agenda.models import Registration
from pourtous.kernel.permissions import can
from pourtous.passes.enums import BookState, PassState
from pourtous.passes.models import Book, Campaign, CampaignPublic, HandOver, Pass
from pourtous.passes.permissions import HAND_OVER, MANAGE
from pourtous.territories.models import Commune

DIMENSIONS = ("unit", "commune", "public", "campaign")
_UNMADE = (BookState.PREPARED, BookState.CANCELLED)


@dataclass(frozen=True)
class Steps:
    """How many books reached each step. `printed` is None where nobody can say (by commune, by public)."""

    printed: int | None
    handed: int
    booked: int
    first: int
    second: int
    third: int
    completed: int

    @property
    def booked_share(self) -> int | None:
        """Per cent of the books handed over."""
        return _percent(self.booked, self.handed)

    @property
    def first_share(self) -> int | None:
        """The same of those whose person came."""
        return _percent(self.first, self.handed)


@dataclass(frozen=True)
class Line:
    """One prescriber, commune, public or campaign."""

    name: str
    steps: Steps


@dataclass(frozen=True)
class Funnel:
    """The lines, the most handed over first, and their sum."""

    lines: list[Line]
    total: Steps


def units_seen(user: Any) -> list[UUID] | None:
    """The prescribing units whose books a user sees; None: all, for those who steer."""
    if can(user, MANAGE):
        return None
    units = [post.unit_id for post in standing_of(user).held()]
    return [one.pk for one in Unit.objects.filter(pk__in=units) if can(user, HAND_OVER, one)]


def funnel(*, by: str, campaign: Campaign | None, units: list[UUID] | None) -> Funnel:
    """By one of `DIMENSIONS`; of one campaign or of all; of these units or of all. Three queries."""
    if by not in DIMENSIONS:
        msg = f"books are not counted by {by}"
        raise ValueError(msg)
    printed = _printed(by, campaign, units)
    counted = {row[by]: row for row in _counted(by, campaign, units)}
    names = _names(by, {*counted, *printed} - {None})
    lines = [
        Line(names.get(key) or _nobody(by), _steps(counted.get(key, {}), printed.get(key, 0) if printed else None))
        for key in {*counted, *printed}
    ]
    lines.sort(key=lambda line: (-line.steps.handed, -(line.steps.printed or 0), line.name))
    total = _sum(one.steps for one in lines)
    return Funnel(lines, total if printed else _with_printed(total, campaign, units))


def _counted(by: str, campaign: Campaign | None, units: list[UUID] | None) -> Iterable[dict[str, Any]]:
    rows = _hand_overs(campaign, units)
    booked = Registration.objects.filter(person=OuterRef("person"), created_at__gte=OuterRef("recorded_at"))
    unused = Pass.objects.filter(book=OuterRef("book")).exclude(state=PassState.REDEEMED)
    waits = unused.exclude(state=PassState.RELEASED)  # what a replacement gave up is not waited for
    still = Q(kept__isnull=False, released_on=None, book__state=BookState.HANDED) & ~Exists(waits)
    is_done: Any = Q(book__attended__gte=1) & (still | (Q(kept=None) & ~Exists(unused)))
    came = Q(book__attended__gte=1)
    is_booked: Any = Q(first_registration__isnull=False) | came | Exists(booked)
    counted: Any = (
        rows.order_by()
        .values(by)
        .annotate(
            handed=Count("pk"),
            booked=Count("pk", filter=is_booked),
            first=Count("pk", filter=came),
            second=Count("pk", filter=Q(book__attended__gte=2)),
            third=Count("pk", filter=Q(book__attended__gte=3)),
            completed=Count("pk", filter=is_done),
        )
    )
    return list(counted)


def _hand_overs(campaign: Campaign | None, units: list[UUID] | None) -> QuerySet[HandOver]:
    replaced = HandOver.objects.filter(replaces__isnull=False, undone_at=None).values("replaces")
    rows = HandOver.objects.filter(undone_at=None).exclude(pk__in=replaced)
    rows = rows if campaign is None else rows.filter(campaign=campaign)
    return rows if units is None else rows.filter(unit__in=units)


def _books(campaign: Campaign | None, units: list[UUID] | None) -> QuerySet[Book]:
    rows = Book.objects.exclude(state__in=_UNMADE)
    rows = rows if campaign is None else rows.filter(campaign=campaign)
    return rows if units is None else rows.filter(holder__in=units)


def _printed(by: str, campaign: Campaign | None, units: list[UUID] | None) -> dict[Any, int]:
    """By who answers for them, or by campaign: a book that nobody got has neither commune nor public."""
    column = {"unit": "holder", "campaign": "campaign"}.get(by)
    if column is None:
        return {}
    rows = _books(campaign, units).order_by().values_list(column).annotate(n=Count("pk"))
    return dict(rows)


def _with_printed(total: Steps, campaign: Campaign | None, units: list[UUID] | None) -> Steps:
    return Steps(**{**vars(total), "printed": _books(campaign, units).count()})


def _steps(row: dict[str, int], printed: int | None) -> Steps:
    names = [field.name for field in fields(Steps)][1:]
    return Steps(printed, *(row.get(name, 0) for name in names))


def _sum(steps: Iterable[Steps]) -> Steps:
    rows = [[one.printed or 0, *list(vars(one).values())[1:]] for one in steps]
    return Steps(*(sum(column) for column in zip(*rows, strict=True))) if rows else Steps(0, 0, 0, 0, 0, 0, 0)


def _names(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    """What each key is called. One query."""
    model: Any = {"unit": Unit, "commune": Commune, "public": CampaignPublic, "campaign": Campaign}[by]
    rows = model.objects.filter(pk__in=list(keys))
    rows = rows.select_related("organisation") if by == "unit" else rows
    return {one.pk: f"{one.organisation.name}, {one.name}" if by == "unit" else one.name for one in rows}


def _nobody(by: str) -> str:
    return {"unit": _("With nobody"), "commune": _("Commune not known"), "public": _("No public named")}.get(by, "–")


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
