"""Taking a pass: one guarded move, the money, the attendance, in one transaction. And undoing it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.attendance import CAME, add_walk_in, set_attendance
from pourtous.agenda.operations.registrations import Attendee
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Account, Channel, DisputeState, PassState, PostingKind, RedemptionState, Refusal
from pourtous.passes.models import (
    ApiToken,
    Book,
    Dispute,
    HandOver,
    Pass,
    Redemption,
    RefusedTry,
    Tablet,
)
from pourtous.passes.operations.ledger import current_plan, post
from pourtous.passes.operations.release import release_books
from pourtous.passes.queries.counter import Offer, shown
from pourtous.passes.queries.finding import first_use
from pourtous.passes.rules.refusals import refusal


class PassRefused(DomainError):  # noqa: N818 (the name others catch)
    """The pass was not taken. `why` is the machine's word; `first` where and when it was used, when it was.

    `tried` is the trace that was kept of it, once there is one.
    """

    def __init__(self, why: Refusal, first: Redemption | None = None) -> None:
        super().__init__(str(why.label), field="code")
        self.why = why
        self.first = first
        self.tried: RefusedTry | None = None


@dataclass(frozen=True)
class Reader:
    """Who read the pass, with what: one of a user, a tablet with its user, or a host's program."""

    channel: Channel
    user: Any = None
    tablet: Tablet | None = None
    token: ApiToken | None = None
    client_at: datetime | None = None  # by the reader's clock: evidence, never what counts


def redeem(*, one: Pass, session: Session, reader: Reader, now: datetime) -> Redemption:
    """Take a pass for a session: it is used, its holder came, the host is owed its value.

    The user's right to take passes for the session's unit is the caller's to check. PassRefused says why not, and is
    remembered (for the fraud desk); a stub that comes after another use becomes a dispute.
    """
    try:
        return _redeem(one, session, reader, now)
    except PassRefused as refused:
        _remember(one, session, reader, refused, now)
        raise


@transaction.atomic
def _redeem(one: Pass, session: Session, reader: Reader, now: datetime) -> Redemption:
    book = Book.objects.select_for_update().get(pk=one.book_id)  # before its passes: the order all follow
    one = Pass.objects.select_related("book__campaign").get(pk=one.pk)
    known, offered = shown(one, session, channel=reader.channel, now=now)
    why = refusal(known)
    if why is None and not Pass.objects.filter(pk=one.pk, state=PassState.HANDED).update(state=PassState.REDEEMED):
        why = Refusal.ALREADY_USED
    if why is not None:
        raise PassRefused(why, first_use(one) if why == Refusal.ALREADY_USED else None)
    taken = _write(one, session, offered, reader, now)
    _count_sessions(book)
    record(actor=reader.user, verb="passes.redeem", subject=taken, now=now, details={"channel": reader.channel})
    return taken


def _write(one: Pass, session: Session, offered: Offer, reader: Reader, now: datetime) -> Redemption:
    campaign = one.book.campaign
    plan = current_plan(campaign, now=now)
    given = Redemption.objects.filter(book=one.book, session=session, state=RedemptionState.ACCEPTED)
    taken = Redemption(
        taken=one,
        book=one.book,
        campaign=campaign,
        plan=plan,
        session=session,
        organisation_id=session.unit.organisation_id,
        ordinal=_first_free(given.values_list("ordinal", flat=True), offered.passes),
        value=one.value,
        channel=reader.channel,
        by=reader.user,
        tablet=reader.tablet,
        token=reader.token,
        at=now,
        client_at=reader.client_at,
    )
    taken.registration = _came(one.book, session, reader.user, now)
    try:
        with transaction.atomic():
            taken.save(force_insert=True)
    except IntegrityError as error:
        raise PassRefused(Refusal.ALREADY_USED, first_use(one)) from error
    post(
        plan=plan,
        kind=PostingKind.REDEEM,
        key=f"redeem:{taken.pk}",
        value=one.value,
        source=Account.COMMITTED,
        target=Account.REDEEMED,
        now=now,
        by=reader.user,
    )
    return taken


def _count_sessions(book: Book) -> None:
    """The sessions its passes paid for, and those of the book it replaces: what opens tranches. The book is locked."""
    paid = Redemption.objects.filter(book=book, state=RedemptionState.ACCEPTED)
    before = HandOver.objects.filter(book=book, undone_at=None).values("carried")[:1]
    count = paid.order_by().values("session").distinct().count()
    Book.objects.filter(pk=book.pk).update(attended=Coalesce(Subquery(before), 0) + count)


def _first_free(given: Any, passes: int) -> int:
    return next((n for n in range(1, passes + 1) if n not in set(given)), passes + 1)


def _came(book: Book, session: Session, actor: Any, now: datetime) -> Registration | None:
    """The holder of the book came: marked, or added when they had not registered. None when nobody is known."""
    handed = HandOver.objects.filter(book=book, undone_at=None).select_related("person").first()
    if handed is None or handed.person is None:
        return None
    registered = Registration.objects.filter(session=session, person=handed.person).exclude(state="cancelled").first()
    if registered is None:
        return add_walk_in(session=session, who=Attendee(person=handed.person), actor=actor, now=now)
    if registered.state == CAME:
        return registered
    return set_attendance(registration=registered, state=CAME, actor=actor, now=now)


@transaction.atomic
def _remember(one: Pass, session: Session, reader: Reader, refused: PassRefused, now: datetime) -> None:
    unit = reader.tablet.unit if reader.tablet else session.unit
    refused.tried = RefusedTry.objects.create(unit=unit, shown=one, session=session, why=refused.why, at=now)
    is_late_double = reader.channel == Channel.STUB and refused.why == Refusal.ALREADY_USED
    if not is_late_double or refused.first is None or refused.first.session_id == session.pk:
        return
    made, is_new = Dispute.objects.get_or_create(
        taken=one,
        session=session,
        defaults={
            "campaign": one.book.campaign,
            "organisation": session.unit.organisation,
            "unit": session.unit,
            "first_use": refused.first,
            "value": one.value,
            "by": reader.user,
            "at": now,
            "client_at": reader.client_at,
        },
    )
    if is_new:
        record(actor=reader.user, verb="passes.dispute", subject=made, now=now)


@transaction.atomic
def undo(*, taken: Redemption, reason: str, by_team: bool, actor: Any, now: datetime) -> None:
    """Give a pass back, by a counter-entry: within minutes by who took it, later by the team, until it is claimed.

    DomainError when it is too late, was already undone, or stands on a claim. Attendance stays as it was marked.
    """
    limit = taken.at + timedelta(minutes=taken.campaign.undo_minutes)
    if not by_team and (taken.by_id != actor.pk or now > limit):
        raise DomainError(_("Only the team can undo this now."))
    if by_team and not reason.strip():
        raise DomainError(_("Write why."), field="reason")
    Book.objects.select_for_update().get(pk=taken.book_id)
    live = Redemption.objects.filter(pk=taken.pk, state=RedemptionState.ACCEPTED, is_claimed=False)
    if not live.update(state=RedemptionState.UNDONE, undone_at=now, undone_by=actor, undo_reason=reason.strip()[:300]):
        raise DomainError(_("This use was already undone, or it is already claimed."))
    Dispute.objects.filter(first_use=taken, state=DisputeState.OPEN).update(
        state=DisputeState.REFUSED, decided_at=now, decided_by=actor, reason=_("The first use was undone.")
    )
    _give_back(taken, actor, now)
    record(actor=actor, verb="passes.undo_redemption", subject=taken, now=now)


def _give_back(taken: Redemption, actor: Any, now: datetime) -> None:
    moved = Pass.objects.filter(pk=taken.taken_id, state=PassState.REDEEMED).update(state=PassState.HANDED)
    if not moved:
        msg = f"redemption {taken.pk} is accepted, its pass is not used"
        raise RuntimeError(msg)
    _count_sessions(taken.book)
    post(
        plan=taken.plan,
        kind=PostingKind.UNDO,
        key=f"undo:{taken.pk}",
        value=taken.value,
        source=Account.REDEEMED,
        target=Account.COMMITTED,
        now=now,
        by=actor,
    )
    current_plan(taken.campaign, now=now)  # a plan that took over takes this over too
    gone = Book.objects.filter(pk=taken.book_id, blocked_on__isnull=False)  # declared lost meanwhile: nobody uses it
    release_books(campaign=taken.campaign, books=gone, key=f"undo:{taken.pk}:gone", actor=actor, now=now)
