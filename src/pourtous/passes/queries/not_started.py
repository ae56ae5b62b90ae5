"""Books in somebody's hands that have led to nothing yet: who has neither come to a session nor booked one."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pourtous.agenda.enums import RegistrationState, SessionState
from pourtous.agenda.models import Registration
from pourtous.kernel.clock import paris
from pourtous.passes.enums import BookState, CampaignState, PassState, ToldKind
from pourtous.passes.models import Campaign, HandOver, Pass, Told
from pourtous.passes.rules.reminders import due_step
from pourtous.people.enums import PersonState
from pourtous.people.queries.rights import left_alone

UNMARKED = timedelta(days=7)  # a session whose attendance nobody has taken yet: they may well have come
_BOOKED = (RegistrationState.REGISTERED, RegistrationState.WAITING)
_LIVE = (CampaignState.OPEN, CampaignState.CLOSED)


def in_hands(*, today: date) -> QuerySet[HandOver]:
    """Books that can still be used: handed over, neither lost nor out of date, with passes left."""
    left = Pass.objects.filter(book=OuterRef("book"), state=PassState.HANDED)
    return HandOver.objects.filter(
        Exists(left),
        undone_at=None,
        released_on=None,
        book__state=BookState.HANDED,
        book__valid_until__gte=today,
        campaign__state__in=_LIVE,
    )


def booked_ahead(*, now: datetime) -> QuerySet[Registration]:
    """Seats, or places on a waiting list, that the person of an outer row has in sessions to come or not marked yet."""
    return Registration.objects.filter(
        person=OuterRef("person"),
        state__in=_BOOKED,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=now - UNMARKED,
    )


def not_started(*, now: datetime) -> QuerySet[HandOver]:
    """Those whose person came to no session since, paid or not, and has none booked."""
    came = Registration.objects.filter(
        person=OuterRef("person"),
        state=RegistrationState.ATTENDED,
        session__starts_at__date__gte=OuterRef("handed_on"),
    )
    waiting = in_hands(today=paris(now).date()).filter(book__attended=0)
    return waiting.exclude(Exists(came)).exclude(Exists(booked_ahead(now=now)))


def may_be_written_to(rows: QuerySet[HandOver]) -> QuerySet[HandOver]:
    """Those whose person has a file, and has not objected."""
    objecting = left_alone().filter(person=OuterRef("person"))
    return rows.filter(person__state=PersonState.ACTIVE).exclude(Exists(objecting))


def due_reminders(*, now: datetime) -> list[tuple[HandOver, int]]:
    """Whom to remind now, with the number of the reminder; those waiting longest first."""
    today = paris(now).date()
    found: list[tuple[HandOver, int]] = []
    for campaign in Campaign.objects.filter(state__in=_LIVE):
        days = sorted(campaign.reminder_days)
        reached = Q(pk=None)
        for step, day in enumerate(days, start=1):
            reached |= Q(reminders__lt=step, handed_on__lte=today - timedelta(days=day))
        # Who was told that passes go is not reminded as if nothing were.
        told = Told.objects.filter(hand_over=OuterRef("pk"), kind=ToldKind.DORMANT)
        rows = may_be_written_to(not_started(now=now)).filter(reached, ~Exists(told), campaign=campaign)
        found += [
            (row, due_step(days, handed_on=row.handed_on, today=today, sent=row.reminders))
            for row in rows.select_related(*RELATED).order_by("handed_on", "pk")
        ]
    return found


RELATED = ("book", "campaign", "person__commune", "person__reach_through", "unit", "by")


def to_copy() -> QuerySet[Told]:
    """Messages whose prescriber has not been told yet; of who wants no message there is nothing to tell."""
    rows = Told.objects.filter(copied_at=None, hand_over__undone_at=None)
    return rows.select_related(*(f"hand_over__{name}" for name in RELATED)).order_by(F("at"), "pk")
