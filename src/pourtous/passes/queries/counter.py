"""What is known at a counter when a pass is shown for a session."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from pourtous.agenda.enums import RegistrationState, SessionState
from pourtous.agenda.models import Registration, Session
from pourtous.kernel.clock import paris
from pourtous.passes.enums import (
    BookState,
    CampaignState,
    Channel,
    DisputeState,
    PassState,
    PriceState,
    QualificationState,
    RedemptionState,
)
from pourtous.passes.models import Campaign, CoursePrice, Dispute, HandOver, Pass, Qualification, Redemption
from pourtous.passes.rules.refusals import Shown

_WITHDRAWN = (BookState.LOST, BookState.STOLEN, BookState.DESTROYED, BookState.CANCELLED)


@dataclass(frozen=True)
class Offer:
    """What a campaign pays of a session: `passes` a person, 0 when nothing; `may_host` on the day of the session."""

    may_host: bool
    passes: int


def offer(campaign: Campaign, session: Session) -> Offer:
    """What the campaign pays for a session of a course."""
    day = paris(session.starts_at).date()
    qualified = qualification_on(campaign, session, day)
    if qualified is None:
        return Offer(may_host=False, passes=0)
    price = CoursePrice.objects.filter(
        qualification=qualified, course_id=session.course_id, state=PriceState.ACCEPTED
    ).first()
    is_payable = price is not None and session.state != SessionState.CANCELLED and _fits(campaign, session)
    return Offer(may_host=True, passes=price.passes if price and is_payable else 0)


def qualification_on(campaign: Campaign, session: Session, day: date) -> Qualification | None:
    """The host's qualification on a day: one suspended or ended later still holds for what took place before."""
    holding = Q(valid_until=None) | Q(valid_until__gt=day)
    states = (QualificationState.QUALIFIED, QualificationState.SUSPENDED, QualificationState.ENDED)
    return Qualification.objects.filter(
        holding,
        campaign=campaign,
        organisation=session.unit.organisation_id,
        state__in=states,
        valid_from__lte=day,
    ).first()


def _fits(campaign: Campaign, session: Session) -> bool:
    course = session.course
    themes, levels = campaign.themes, campaign.levels
    is_open = campaign.state in {CampaignState.OPEN, CampaignState.CLOSED}
    return is_open and (not themes or course.theme in themes) and (not levels or course.level in levels)


def shown(one: Pass, session: Session, *, channel: Channel, now: datetime) -> tuple[Shown, Offer]:
    """All the rules look at. A stub counts on the day of its session, when it is typed in soon enough."""
    book, campaign = one.book, one.book.campaign
    offered = offer(campaign, session)
    given = Redemption.objects.filter(book=book, session=session, state=RedemptionState.ACCEPTED).count()
    return (
        Shown(
            day=_day(session, campaign, channel, now),
            state=one.state,
            valid_until=book.valid_until,
            tranche=one.tranche,
            attended=max(book.attended, attended_sessions(one)),
            may_host=offered.may_host,
            is_payable=offered.passes > 0,
            is_paid=offered.passes > 0 and given >= offered.passes,
            book_is_blocked=book.state in _WITHDRAWN,
            is_disputed=Dispute.objects.filter(taken=one, state=DisputeState.OPEN).exists(),
        ),
        offered,
    )


def _day(session: Session, campaign: Campaign, channel: Channel, now: datetime) -> date:
    today, held = paris(now).date(), paris(session.starts_at).date()
    is_recent = held <= today <= held + timedelta(days=campaign.stub_days)
    return held if channel == Channel.STUB and is_recent else today


def attended_sessions(one: Pass) -> int:
    """Sessions the holder of the book came to since it was handed over, paid or not: they open tranches."""
    if one.tranche == 0:
        return 0
    holder = HandOver.objects.filter(book=one.book, undone_at=None).exclude(person=None).first()
    if holder is None:
        return 0
    came = Registration.objects.filter(person=holder.person_id, state=RegistrationState.ATTENDED)
    return holder.carried + came.filter(session__starts_at__date__gte=holder.handed_on).count()


def left(one: Pass) -> int:
    """Passes of the same book that can still be used."""
    return Pass.objects.filter(book=one.book_id, state=PassState.HANDED).count()
