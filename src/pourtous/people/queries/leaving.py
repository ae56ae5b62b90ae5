"""Reads about files that go: for the teams that follow them, and for the archivist."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet

from pourtous.people.enums import ListState, PersonState, RequestState
from pourtous.people.models import EliminationList, EliminationRow, Person, RightsRequest
from pourtous.people.queries import active_follow_ups, own_unit_ids
from pourtous.people.rules.deadlines import NOTICE, goes_on, silent_since

OPEN_LISTS = (ListState.DRAFT, ListState.APPROVED)


def leaving(today: date) -> QuerySet[Person]:
    """Files that go within thirty days or are due already; one with a request to be answered waits."""
    asked = RightsRequest.objects.filter(person=OuterRef("pk"), state=RequestState.OPEN)
    silent = Person.objects.filter(state=PersonState.ACTIVE, last_contact_on__lte=silent_since(today + NOTICE))
    return silent.filter(~Exists(asked)).order_by("last_contact_on", "pk")


def due(today: date) -> QuerySet[Person]:
    """Files that may go on a list: two years are over, the notice too, and they are on no other open list."""
    listed = EliminationRow.objects.filter(person=OuterRef("pk"), taken_off_on=None, listed_in__state__in=OPEN_LISTS)
    told = leaving(today).filter(last_contact_on__lte=silent_since(today), notified_on__lte=today - NOTICE)
    return told.filter(~Exists(listed))


def leaving_files(user: Any, *, on: date) -> QuerySet[Person]:
    """Files of one's own units that go within thirty days, the next first."""
    # Each looked up in turn: few files go, and a unit follows thousands.
    mine = active_follow_ups(on).filter(person=OuterRef("pk"), unit__in=own_unit_ids(user))
    return leaving(on).filter(Exists(mine))


def goes(person: Person, *, today: date) -> date:
    """The day from which a file may be on a list: two years after the last contact, thirty days after the notice."""
    told = person.notified_on or today
    return max(goes_on(person.last_contact_on), told + NOTICE)


@dataclass(frozen=True)
class Line:
    """A line of the list for the archivist: no name."""

    code: str
    opened: int
    last_contact: int
    pieces: int  # rows held about the person
    state: str


def lines(listed: EliminationList) -> list[Line]:
    """The files of a list: code, years, and how many rows are held about each."""
    rows = list(listed.rows.filter(taken_off_on=None).select_related("person").order_by("person__created_at", "pk"))
    held = _pieces(rows)
    return [
        Line(
            row.person.code,
            row.person.created_at.year,
            row.last_contact_on.year,
            held[row.person_id],
            row.person.state,
        )
        for row in rows
    ]


def _pieces(rows: list[EliminationRow]) -> Counter[Any]:
    """How many rows of each table point at each person (one for the file itself)."""
    held: Counter[Any] = Counter({row.person_id: 1 for row in rows})
    for relation in Person._meta.related_objects:  # noqa: SLF001 (Django's documented API)
        name, model = relation.field.name, relation.related_model
        if model is Person or model is EliminationRow or isinstance(model, str):
            continue
        found = model._default_manager.filter(**{f"{name}__in": list(held)})  # noqa: SLF001
        held.update(found.order_by().values_list(f"{name}_id", flat=True))
    return held


def extreme_years(listed: EliminationList) -> tuple[int, int] | None:
    """The first and the last year of the files of a list."""
    rows = listed.rows.filter(taken_off_on=None)
    first = rows.aggregate(first=Min("person__created_at"))["first"]
    last = rows.order_by("-last_contact_on").values_list("last_contact_on", flat=True).first()
    return (first.year, last.year) if first and last else None
