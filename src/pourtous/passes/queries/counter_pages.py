"""What the pages of the counter show: sessions to choose from, what was taken, what was refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pourtous.accounts.enums import Capability
from pourtous.accounts.queries import standing_of
from pourtous.agenda.enums import SessionState
from pourtous.agenda.models import Session
from pourtous.kernel.clock import PARIS, paris
from pourtous.passes.enums import Channel, PassState, PriceState, QualificationState, RedemptionState
from pourtous.passes.models import Dispute, Pass, Qualification, Redemption, RefusedTry
from pourtous.passes.queries.counter import offer
from pourtous.passes.queries.finding import first_use

RECENT_DAYS = 31  # how far back sessions are offered for stubs; a campaign may refuse them sooner
_QUALIFIED = (QualificationState.QUALIFIED, QualificationState.SUSPENDED, QualificationState.ENDED)


def units_taking(user: Any) -> list[UUID]:
    """The units for whose sessions a user may take passes."""
    posts = standing_of(user).held(personal=True)
    return [post.unit_id for post in posts if Capability.HOST in post.capabilities]


def is_of_host(user: Any) -> bool:
    """Whether an organisation of theirs takes passes, or took them: it gets the counter where others get the book."""
    hosts = Qualification.objects.filter(organisation__units__in=units_taking(user), state__in=_QUALIFIED)
    return hosts.exists()


@dataclass(frozen=True)
class Choice:
    """Sessions one may take passes for: those of today, and those of the last weeks for stubs. `taken` on each."""

    today: list[Session]
    recent: list[Session]


def sessions_to_choose(units: Iterable[UUID], *, now: datetime) -> Choice:
    """Sessions paid with passes of these units, the nearest to now first."""
    today = paris(now).date()
    first, end = _midnight(today - timedelta(days=RECENT_DAYS)), _midnight(today + timedelta(days=1))
    found = Session.objects.filter(unit__in=list(units), starts_at__gte=first, starts_at__lt=end)
    priced = found.exclude(state=SessionState.CANCELLED).filter(
        course__pass_prices__state=PriceState.ACCEPTED, course__pass_prices__qualification__state__in=_QUALIFIED
    )
    counted = priced.annotate(
        taken=Count("redemptions", filter=Q(redemptions__state=RedemptionState.ACCEPTED), distinct=True)
    )
    rows = list(counted.select_related("course", "unit", "place").order_by("starts_at", "id"))
    return Choice(
        today=[row for row in rows if paris(row.starts_at).date() == today],
        recent=[row for row in reversed(rows) if paris(row.starts_at).date() < today],
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def channel_of(session: Session, asked: str, *, now: datetime) -> Channel:
    """How a pass was read: a session of another day makes it a stub, whatever was used to read it."""
    if paris(session.starts_at).date() != paris(now).date():
        return Channel.STUB
    return Channel(asked) if asked in {Channel.CAMERA, Channel.SCANNER} else Channel.TYPED


def taken_for(session: Session) -> QuerySet[Redemption]:
    """The passes taken for a session, the last one first, undone ones included."""
    rows = Redemption.objects.filter(session=session).select_related("taken__book__campaign", "by", "token")
    return rows.order_by("-at", "-id")


@dataclass(frozen=True)
class Taken:
    """A pass taken, and what comes next: `missing` passes of the same book for this session."""

    redemption: Redemption
    left: int
    missing: int
    undo_until: datetime
    claimed_on: date  # the day the claim it will stand on is drawn up


def taken(identity: UUID, session: Session) -> Taken | None:
    """A pass taken for this session."""
    found = Redemption.objects.select_related("taken__book__campaign", "by").filter(pk=identity, session=session)
    one = found.first()
    if one is None:
        return None
    given = Redemption.objects.filter(book=one.book_id, session=session, state=RedemptionState.ACCEPTED).count()
    day = paris(one.at).date()
    return Taken(
        one,
        left=Pass.objects.filter(book=one.book_id, state=PassState.HANDED).count(),
        missing=max(0, offer(one.campaign, session).passes - given),
        undo_until=one.at + timedelta(minutes=one.campaign.undo_minutes),
        claimed_on=date(day.year + day.month // 12, day.month % 12 + 1, 1),
    )


@dataclass(frozen=True)
class Refused:
    """A pass refused; `first` is where it was used, and `is_disputed` that somebody will decide about it."""

    tried: RefusedTry
    first: Redemption | None
    is_disputed: bool


def refused(identity: UUID, session: Session) -> Refused | None:
    """A pass refused for this session."""
    found = RefusedTry.objects.select_related("shown__book__campaign").filter(pk=identity, session=session)
    one = found.first()
    if one is None:
        return None
    if one.shown is None:
        return Refused(one, None, is_disputed=False)
    disputed = Dispute.objects.filter(taken=one.shown, session=session).exists()
    return Refused(one, first_use(one.shown), is_disputed=disputed)
