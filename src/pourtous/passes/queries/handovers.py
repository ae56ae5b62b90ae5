"""Books handed over, as prescribers follow them; and the first sessions near a person."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pourtous.accounts.queries import standing_of
from pourtous.agenda.enums import RegistrationState, SessionState
from pourtous.agenda.models import Registration
from pourtous.agenda.queries.near_sessions import NearSession, near_sessions
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.passes.enums import CampaignState, PassState, PriceState, QualificationState
from pourtous.passes.models import Book, Campaign, CoursePrice, HandOver, Told
from pourtous.passes.permissions import HAND_OVER
from pourtous.passes.queries import not_started as waiting
from pourtous.people.models import Person
from pourtous.people.queries import followed

_SHOWN = 6


def open_campaigns(day: date) -> QuerySet[Campaign]:
    """Those whose books are handed out on a day."""
    return Campaign.objects.filter(state=CampaignState.OPEN, starts_on__lte=day, last_day__gte=day)


def first_sessions(campaign: Campaign, person: Person, *, now: datetime) -> list[NearSession]:
    """Sessions with seats that the campaign pays for, near where the person lives, soonest first."""
    paid = CoursePrice.objects.filter(
        qualification__campaign=campaign,
        qualification__state=QualificationState.QUALIFIED,
        state=PriceState.ACCEPTED,
    )
    courses = frozenset(paid.values_list("course", flat=True))
    return near_sessions(commune=person.commune, has_seats=True, courses=courses, now=now, limit=_SHOWN)


def book_by_serial(campaign: Campaign, read: tuple[int, int]) -> Book | None:
    """A book of this campaign by what is on its cover."""
    year, number = read
    return Book.objects.select_related("campaign").filter(campaign=campaign, year=year, number=number).first()


@dataclass(frozen=True)
class Followed:
    """A hand-over with what became of it. `person` is None for who no longer follows them."""

    made: HandOver
    person: Person | None
    used: int
    left: int
    sessions: int
    told: list[Told] = field(default_factory=list)
    days: int = 0  # since it was handed over


def hand_overs_of(user: Any, *, never_used: bool = False) -> QuerySet[HandOver]:
    """Those of one's units, the latest first; or only those still out of which no pass was used."""
    units = [post.unit_id for post in standing_of(user).held(personal=True)]
    rows = HandOver.objects.filter(unit__in=units).select_related(
        "book__campaign", "campaign", "unit", "public", "first_registration__session__course"
    )
    counted = rows.annotate(
        used=Count("book__passes", filter=Q(book__passes__state=PassState.REDEEMED), distinct=True),
        left=Count("book__passes", filter=Q(book__passes__state=PassState.HANDED), distinct=True),
    ).order_by("-handed_on", "-pk")
    return counted.filter(used=0, undone_at=None) if never_used else counted


def not_started_of(user: Any, *, now: datetime) -> QuerySet[HandOver]:
    """Those of one's units whose person has neither come nor booked, waiting longest first."""
    idle = waiting.not_started(now=now).values("pk")
    return hand_overs_of(user).filter(pk__in=idle).order_by("handed_on", "pk")


def hand_over_for(user: Any, identity: UUID) -> HandOver | None:
    """One of one's units', or None."""
    found = hand_overs_of(user).filter(pk=identity).first()
    return found if found is not None and can(user, HAND_OVER, found.unit) else None


def coming_session(made: HandOver, *, now: datetime) -> Registration | None:
    """The next session that the person of a book has booked."""
    if made.person_id is None:
        return None
    booked = Registration.objects.filter(
        person=made.person_id,
        state__in=(RegistrationState.REGISTERED, RegistrationState.WAITING),
        session__state=SessionState.PLANNED,
        session__starts_at__gt=now,
    )
    return booked.select_related("session__course").order_by("session__starts_at", "pk").first()


def with_outcome(rows: list[HandOver], user: Any, *, on: date) -> list[Followed]:
    """With who they are, when one still follows them, and how many sessions they came to since. Three queries."""
    ids = [row.person_id for row in rows if row.person_id]
    people = {person.pk: person for person in followed(user, among=ids, on=on)}
    came = Registration.objects.filter(person__in=ids, state=RegistrationState.ATTENDED)
    days: dict[Any, list[datetime]] = {}
    for person, starts_at in came.values_list("person", "session__starts_at"):
        days.setdefault(person, []).append(starts_at)
    told: dict[Any, list[Told]] = {}
    for one in Told.objects.filter(hand_over__in=rows):
        told.setdefault(one.hand_over_id, []).append(one)
    return [
        Followed(
            row,
            people.get(row.person_id) if row.person_id else None,
            row.used,  # type: ignore[attr-defined]
            row.left,  # type: ignore[attr-defined]
            sum(paris(one).date() >= row.handed_on for one in days.get(row.person_id, [])),
            told.get(row.pk, []),
            (on - row.handed_on).days,
        )
        for row in rows
    ]
