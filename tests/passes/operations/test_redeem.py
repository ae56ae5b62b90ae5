"""A pass is taken once, for the right session, and the money follows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import (
    Account,
    Channel,
    DisputeState,
    MovementKind,
    PassState,
    QualificationState,
    RedemptionState,
    Refusal,
)
from pourtous.passes.models import Balance, Dispute, Pass, Qualification, Redemption, RefusedTry
from pourtous.passes.operations.disputes import decide
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem, undo
from pourtous.passes.operations.stock import declare
from pourtous.passes.queries import proof
from tests.accounts.factories import UserFactory
from tests.agenda.factories import CourseFactory
from tests.passes.factories import NOW, PriceFactory, handed, pass_of, session_of, world

pytestmark = pytest.mark.django_db


def take(made, number=1, position=1, *, session=None, channel=Channel.TYPED, now=NOW, user=None):
    reader = Reader(channel=channel, user=user or made.actor)
    return redeem(one=pass_of(made, number, position), session=session or made.session, reader=reader, now=now)


def refused(made, *arguments, **more):
    with pytest.raises(PassRefused) as caught:
        take(made, *arguments, **more)
    return caught.value


def held(made, account):
    rows = Balance.objects.filter(plan__campaign=made.campaign, account=account).order_by("funding__position")
    return list(rows.values_list("cents", flat=True))


def test_a_pass_is_taken_and_its_holder_came():
    made = world()
    given = handed(made)
    taken = take(made)
    assert taken.value == 1000
    assert pass_of(made).state == PassState.REDEEMED
    registration = Registration.objects.get(session=made.session)
    assert (registration.person, registration.state) == (given.person, RegistrationState.ATTENDED)
    assert taken.registration == registration
    assert held(made, Account.REDEEMED) == [500, 500]
    assert held(made, Account.COMMITTED) == [4500, 4500]
    assert list(proof.faults()) == []


def test_a_pass_is_never_taken_twice():
    made = world()
    handed(made)
    taken = take(made)
    other = session_of(made.session.course)
    why = refused(made, session=other)
    assert (why.why, why.first) == (Refusal.ALREADY_USED, taken)
    assert RefusedTry.objects.get().why == Refusal.ALREADY_USED
    assert Redemption.objects.count() == 1


def test_reasons_are_told():
    made = world()
    assert refused(made).why == Refusal.NOT_HANDED
    handed(made)
    assert refused(made, position=5).why == Refusal.TRANCHE_CLOSED
    free = session_of(CourseFactory(unit=made.host))
    assert refused(made, session=free).why == Refusal.WRONG_COURSE
    elsewhere = session_of(CourseFactory())
    assert refused(made, session=elsewhere).why == Refusal.NOT_QUALIFIED
    take(made)
    assert refused(made, position=2).why == Refusal.SESSION_PAID
    assert list(proof.faults()) == []


def test_the_second_tranche_opens_after_the_first_session():
    made = world()
    handed(made)
    take(made)
    later = session_of(made.session.course)
    assert take(made, position=5, session=later).ordinal == 1


def test_a_course_of_two_passes_takes_two():
    made = world(price=2)
    handed(made)
    assert [take(made, position=n).ordinal for n in (1, 2)] == [1, 2]
    assert refused(made, position=3).why == Refusal.SESSION_PAID
    assert Registration.objects.filter(session=made.session).count() == 1


def test_the_last_day_counts_to_its_end_in_paris():
    made = world(life_days=30)
    handed(made)
    assert pass_of(made).book.valid_until == date(2026, 7, 1)
    end = datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Paris
    session = session_of(made.session.course, now=end)
    assert take(made, session=session, now=end).at == end
    assert refused(made, position=2, session=session, now=end + timedelta(seconds=1)).why == Refusal.EXPIRED


@pytest.mark.parametrize(
    ("last_day", "end"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),  # clocks went forward that night
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),  # and back that one
    ],
)
def test_expiry_on_nights_when_the_clock_changes(last_day, end):
    made = world(now=end - timedelta(days=5), last_day=last_day, tolerance_days=0)
    handed(made, now=end - timedelta(days=5))
    session = session_of(made.session.course, now=end)
    late = end + timedelta(seconds=1)
    assert refused(made, position=2, session=session, now=late).why == Refusal.EXPIRED
    assert take(made, session=session, now=end).value == 1000


def test_a_stub_counts_on_the_day_of_its_session():
    made = world(life_days=1)
    handed(made)
    later = NOW + timedelta(days=10)
    assert refused(made, now=later).why == Refusal.EXPIRED
    assert take(made, channel=Channel.STUB, now=later).channel == Channel.STUB
    assert refused(made, position=2, channel=Channel.STUB, now=NOW + timedelta(days=40)).why == Refusal.EXPIRED


def test_a_late_double_becomes_a_dispute_that_somebody_decides():
    made = world(late_stubs_borne=1)
    handed(made)
    take(made)
    other = session_of(made.session.course)
    for _ in range(2):
        refused(made, session=other, channel=Channel.STUB)
    dispute = Dispute.objects.get()
    assert dispute.state == DisputeState.OPEN
    decide(dispute=dispute, is_paid=True, reason="Photocopie au marché", actor=made.actor, now=NOW)
    assert sum(held(made, Account.REDEEMED)) == 2000
    assert list(proof.faults()) == []
    third = session_of(made.session.course)
    refused(made, session=third, channel=Channel.STUB)
    with pytest.raises(DomainError, match="pas plus de doublons"):
        decide(dispute=Dispute.objects.get(session=third), is_paid=True, reason="Encore", actor=made.actor, now=NOW)


def test_a_lost_book_is_refused():
    made = world()
    handed(made)
    declare(
        campaign=made.campaign, kind=MovementKind.LOST, first=1, last=1, reason="Sac volé", actor=made.actor, now=NOW
    )
    assert refused(made).why == Refusal.BLOCKED
    assert sum(held(made, Account.RELEASED)) == 10_000
    assert list(proof.faults()) == []


def test_a_host_suspended_after_the_session_still_has_its_passes_taken():
    made = world()
    handed(made)
    hosts = Qualification.objects.filter(campaign=made.campaign)
    hosts.update(state=QualificationState.ENDED, valid_until=date(2026, 6, 2))
    assert take(made, channel=Channel.STUB, now=NOW + timedelta(days=3)).value == 1000
    late = session_of(made.session.course, now=NOW + timedelta(days=3))
    assert refused(made, position=2, session=late, now=NOW + timedelta(days=3)).why == Refusal.NOT_QUALIFIED


def test_who_took_a_pass_undoes_it_within_minutes():
    made = world()
    handed(made)
    taken = take(made)
    undo(taken=taken, reason="", by_team=False, actor=made.actor, now=NOW + timedelta(minutes=14))
    taken.refresh_from_db()
    assert taken.state == RedemptionState.UNDONE
    assert held(made, Account.COMMITTED) == [5000, 5000]
    assert Pass.objects.filter(state=PassState.HANDED).count() == 10
    with pytest.raises(DomainError, match="déjà annulée"):
        undo(taken=taken, reason="", by_team=False, actor=made.actor, now=NOW)
    assert take(made).ordinal == 1
    assert list(proof.faults()) == []


def test_later_only_the_team_undoes_with_a_reason():
    made = world()
    handed(made)
    taken = take(made)
    later = NOW + timedelta(minutes=16)
    for actor, moment in ((made.actor, later), (UserFactory(), NOW)):
        with pytest.raises(DomainError, match="Seule l’équipe"):
            undo(taken=taken, reason="Erreur", by_team=False, actor=actor, now=moment)
    with pytest.raises(DomainError, match="Écrivez pourquoi"):
        undo(taken=taken, reason=" ", by_team=True, actor=UserFactory(), now=later)
    undo(taken=taken, reason="Erreur", by_team=True, actor=UserFactory(), now=later)
    assert held(made, Account.REDEEMED) == [0, 0]


def test_a_pass_of_another_campaign_is_not_taken():
    made, other = world(), world()
    handed(other)
    PriceFactory(
        qualification__campaign=other.campaign,
        qualification__organisation=other.host.organisation.__class__.objects.create(name="Ailleurs", kind="other"),
    )
    assert refused(other, session=made.session).why == Refusal.NOT_QUALIFIED
