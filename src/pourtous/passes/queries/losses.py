"""Books lost, stolen or damaged in somebody's hands: who may say so, and what is left to replace."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pourtous.agenda.enums import SEATED, RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.queries.prescribed import unit_that_follows
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.kernel.text import fold
from pourtous.passes.enums import BookState, PassState
from pourtous.passes.models import Book, HandOver, Pass
from pourtous.passes.permissions import HAND_OVER
from pourtous.passes.queries.counter_pages import units_taking
from pourtous.passes.queries.handovers import hand_over_for
from pourtous.people.models import Person

GONE = (BookState.LOST, BookState.STOLEN, BookState.DESTROYED)
_AROUND = timedelta(days=31)  # sessions in which a host looks for who lost their book
_MOST = 20


def left_to_replace(made: HandOver) -> int:
    """Passes the person had and did not use, before the book was gone."""
    passes = Pass.objects.filter(book=made.book_id)
    whole = passes.count() if made.kept is None else made.kept
    return max(0, whole - passes.filter(state=PassState.REDEEMED).count())


def came_with(made: HandOver, *, before: date) -> int:
    """Sessions the person came to while they had this book, paid or not."""
    came = Registration.objects.filter(person=made.person_id, state=RegistrationState.ATTENDED)
    return came.filter(session__starts_at__date__gte=made.handed_on, session__starts_at__date__lt=before).count()


def loss_for(user: Any, identity: UUID, *, now: datetime) -> HandOver | None:
    """A hand-over of one's units, or of a person they follow: whoever the person tells may write it down."""
    own = hand_over_for(user, identity)
    if own is not None:
        return own
    found = HandOver.objects.filter(pk=identity, undone_at=None).select_related("person", "book__campaign").first()
    if found is None or found.person is None:
        return None
    unit = unit_that_follows(user, found.person, on=paris(now).date())
    return found if unit is not None and can(user, HAND_OVER, unit) else None


def replacement_of(made: HandOver) -> HandOver | None:
    """The book handed over in its place."""
    return HandOver.objects.filter(replaces=made, undone_at=None).select_related("book").first()


def book_to_give(made: HandOver, read: tuple[int, int]) -> Book | None:
    """A book of the same campaign, by what is on its cover."""
    year, number = read
    found = Book.objects.select_related("campaign").filter(campaign=made.campaign_id, year=year, number=number)
    return found.first()


def books_of(person: Person, user: Any, *, now: datetime) -> QuerySet[HandOver]:
    """The live hand-overs of a person, the last first, for who may hand books over to them."""
    unit = unit_that_follows(user, person, on=paris(now).date())
    if unit is None or not can(user, HAND_OVER, unit):
        return HandOver.objects.none()
    found = HandOver.objects.filter(person=person, undone_at=None)
    return found.select_related("book", "unit").order_by("-handed_on", "-pk")


@dataclass(frozen=True)
class Holder:
    """Somebody registered at the desk's sessions who has a book."""

    made: HandOver
    registration: Registration

    @property
    def key(self) -> str:
        """What the form sends."""
        return str(self.made.pk)


def holders_at_desk(user: Any, words: str, *, now: datetime) -> list[Holder]:
    """Persons of the sessions of one's host units, a month around now, who hold a book; by parts of their name."""
    seats = Registration.objects.filter(
        session__unit__in=units_taking(user),
        session__starts_at__gt=now - _AROUND,
        session__starts_at__lt=now + _AROUND,
        person__isnull=False,
        state__in=(*SEATED, RegistrationState.WAITING),
    )
    for part in fold(words).split()[:4]:
        seats = seats.filter(person__search_text__contains=part)
    by_person = {row.person_id: row for row in seats.select_related("person", "session__course").order_by("created_at")}
    held = HandOver.objects.filter(person__in=list(by_person), undone_at=None, book__state=BookState.HANDED)
    rows = held.select_related("book", "campaign", "person", "unit__organisation").order_by("person__last_name", "pk")
    return [Holder(row, by_person[row.person_id]) for row in rows[:_MOST]]
