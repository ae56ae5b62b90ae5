"""Books that have slept too long: whom to warn, and which of those warned may be cancelled.

A sign of life is a pass used or a session attended; a session booked ahead protects the book. Days are the campaign's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration
from pourtous.kernel.clock import paris
from pourtous.passes.enums import PassState, PostingKind, RedemptionState, ToldKind
from pourtous.passes.models import Campaign, HandOver, Posting, Redemption, Told
from pourtous.passes.queries.not_started import RELATED, booked_ahead, in_hands, may_be_written_to
from pourtous.people.enums import Reach

UNREACHED = (Reach.CALL, Reach.NONE)
KEY = "dormant"  # begins the keys of what this cancelled


@dataclass(frozen=True)
class Counted:
    """Books, their passes that can still be used, and what those are worth."""

    books: int
    passes: int
    cents: int


def to_warn(campaign: Campaign, *, now: datetime, within: int = 0) -> QuerySet[HandOver]:
    """Books without a sign for the campaign's days (or that will be in `within` days), whose person was not warned since.

    Not those that end before the notice would.
    """
    today = paris(now).date()
    limit = today + timedelta(days=within - campaign.dormant_days)
    last_notice = Told.objects.filter(hand_over=OuterRef("pk"), kind=ToldKind.DORMANT).order_by("-at")
    asleep = _asleep(campaign, now=now).filter(
        handed_on__lte=limit, book__valid_until__gte=today + timedelta(days=within + campaign.notice_days)
    )
    asleep = asleep.exclude(Exists(_uses(at__date__gt=limit))).exclude(
        Exists(_came(session__starts_at__date__gt=limit))
    )
    asleep = asleep.annotate(noticed=Subquery(last_notice.values("at")[:1]))
    woke = Q(Exists(_uses(at__gt=OuterRef("noticed")))) | Q(Exists(_came(session__starts_at__gt=OuterRef("noticed"))))
    found = may_be_written_to(asleep.filter(Q(noticed=None) | woke))
    return found.select_related(*RELATED).order_by("handed_on", "pk")


def to_cancel(campaign: Campaign, *, now: datetime) -> QuerySet[HandOver]:
    """Those whose person was told, whose day has come, and who gave no sign since."""
    last = paris(now).date() - timedelta(days=campaign.notice_days)
    return _warned(campaign, now=now).filter(warned_on__lte=last).order_by("warned_on", "pk")


def in_notice(campaign: Campaign, *, now: datetime) -> QuerySet[HandOver]:
    """Those told whose day is still to come."""
    last = paris(now).date() - timedelta(days=campaign.notice_days)
    return _warned(campaign, now=now).filter(warned_on__gt=last).order_by("warned_on", "pk")


def unreached(campaign: Campaign, *, now: datetime) -> QuerySet[HandOver]:
    """Those nobody could write to: their prescriber tells them, or nothing is cancelled."""
    last = Told.objects.filter(hand_over=OuterRef("pk"), kind=ToldKind.DORMANT).order_by("-at").values("way")[:1]
    return _asleep(campaign, now=now).filter(warned_on=None).annotate(way=Subquery(last)).filter(way__in=UNREACHED)


def _warned(campaign: Campaign, *, now: datetime) -> QuerySet[HandOver]:
    asleep = _asleep(campaign, now=now).exclude(warned_on=None)
    asleep = asleep.exclude(Exists(_uses(at__date__gte=OuterRef("warned_on"))))
    return asleep.exclude(Exists(_came(session__starts_at__date__gte=OuterRef("warned_on"))))


def _asleep(campaign: Campaign, *, now: datetime) -> QuerySet[HandOver]:
    """Books in hands with nothing booked ahead."""
    held = in_hands(today=paris(now).date()).filter(campaign=campaign)
    return held.exclude(Exists(booked_ahead(now=now)))


def _uses(**when: Any) -> QuerySet[Redemption]:
    return Redemption.objects.filter(book=OuterRef("book"), state=RedemptionState.ACCEPTED, **when)


def _came(**when: Any) -> QuerySet[Registration]:
    return Registration.objects.filter(person=OuterRef("person"), state=RegistrationState.ATTENDED, **when)


def counted(rows: QuerySet[HandOver]) -> Counted:
    """What they hold."""
    unused = Q(book__passes__state=PassState.HANDED)
    found = HandOver.objects.filter(pk__in=rows.order_by().values("pk")).aggregate(
        books=Count("pk", distinct=True),
        passes=Count("book__passes", filter=unused),
        cents=Sum("book__passes__value", filter=unused),
    )
    return Counted(found["books"], found["passes"], found["cents"] or 0)


@dataclass(frozen=True)
class Asleep:
    """A line of the preview: nobody's name."""

    serial: str
    unit: str
    handed_on: date
    last_used: date | None
    warned_on: date | None
    passes: int
    cents: int


def lines(rows: QuerySet[HandOver], *, limit: int | None = None) -> list[Asleep]:
    """Each of these books (the first ones) with what is left of it, in the order given. One query."""
    unused = Q(book__passes__state=PassState.HANDED)
    last = _uses().order_by("-at").values("at")[:1]
    found = rows.select_related("book", "unit__organisation").annotate(
        n=Count("book__passes", filter=unused), cents=Sum("book__passes__value", filter=unused), used=Subquery(last)
    )
    return [
        Asleep(
            row.book.serial,
            str(row.unit),
            row.handed_on,
            paris(row.used).date() if row.used else None,
            row.warned_on,
            row.n,
            row.cents or 0,
        )
        for row in found[:limit]
    ]


def runs(campaign: Campaign) -> QuerySet[Posting]:
    """What was cancelled, the last first."""
    found = Posting.objects.filter(campaign=campaign, kind=PostingKind.RELEASE, key__startswith=f"{KEY}:")
    return found.select_related("by").order_by("-at", "-pk")


def last_notice(made: HandOver) -> Told | None:
    """The last notice given about a book."""
    return Told.objects.filter(hand_over=made, kind=ToldKind.DORMANT).order_by(F("at").desc()).first()


def last_day(made: HandOver) -> date | None:
    """The day on which the passes of a book go, when its person was told; None once they are gone."""
    if made.warned_on is None or made.released_on is not None:
        return None
    return made.warned_on + timedelta(days=made.campaign.notice_days)


def must_tell(made: HandOver) -> bool:
    """Whether the prescriber has to tell the person, because no message could leave."""
    if made.warned_on is not None or made.released_on is not None or made.undone_at is not None:
        return False
    notice = last_notice(made)
    return notice is not None and notice.way in UNREACHED
