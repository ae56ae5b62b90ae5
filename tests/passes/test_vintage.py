"""Any order of acts: books balance to the cent, no pass is used twice, everything issued is in one state."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Account, BankState, Channel, ClaimState, DisputeState, MovementKind, PassState
from pourtous.passes.models import (
    Balance,
    BankDetails,
    Book,
    Claim,
    Dispute,
    HandOver,
    Pass,
    Redemption,
)
from pourtous.passes.operations import claims, disputes, dormant, issue, ledger, losses, release, stock
from pourtous.passes.operations.hand_over import How, hand_over, undo_hand_over
from pourtous.passes.operations.redeem import Reader, redeem, undo
from pourtous.passes.queries import proof
from tests.accounts.factories import UserFactory
from tests.passes.factories import FundingFactory, PlanFactory, session_of, world
from tests.people.factories import PersonFactory

START = datetime(2026, 3, 28, 9, tzinfo=UTC)  # the night after, clocks go forward
NUMBERS = st.integers(1, 8)
PARTS = st.sampled_from(
    [
        [{"rate": 5000}],
        [{"rate": 6500, "ceiling": 9_000}],
        [{"rate": 3333}, {"rate": 3333}],
        [{"amount": 590}, {"rate": 1000, "ceiling": 1_500}],
    ]
)


class Vintage(RuleBasedStateMachine):
    """A small campaign, handled in any order by people who err."""

    persons = Bundle("persons")

    @initialize(parts=PARTS)
    def begin(self, parts):
        self.now = START
        self.made = world(
            *parts,
            books=4,
            now=START,
            books_per_person=2,
            life_days=40,
            late_stubs_borne=2,
            dormant_days=10,
            notice_days=5,
        )
        self.second, self.team = UserFactory(), UserFactory()
        self.sessions = [self.made.session]
        BankDetails.objects.create(
            organisation=self.made.host.organisation,
            holder="Structure",
            iban_sealed="x",
            iban_end="0000",
            state=BankState.ACCEPTED,
            proposed_by=self.team,
            decided_by=self.second,
            proposed_at=START,
        )

    def attempt(self, act, **arguments):
        """Do it, or be told why not."""
        try:
            return act(**arguments, now=self.now)
        except DomainError:
            return None

    @rule(target=persons)
    def meet(self):
        return PersonFactory()

    @rule(days=st.sampled_from([0, 1, 5, 20, 45]))
    def wait(self, days):
        self.now += timedelta(days=days, minutes=20)
        self.sessions.append(session_of(self.made.session.course, now=self.now))

    @rule(books=st.integers(1, 2), is_printed=st.booleans())
    def print_books(self, books, is_printed):
        batch = self.attempt(issue.make_batch, campaign=self.made.campaign, books=books, actor=self.team)
        if batch is None:
            return
        if not is_printed:
            issue.cancel_batch(batch=batch, actor=self.team, now=self.now)
            return
        issue.confirm_printed(batch=batch, safe=self.made.prescriber, actor=self.team, now=self.now)

    @rule(person=persons, number=NUMBERS)
    def hand(self, person, number):
        book = Book.objects.filter(campaign=self.made.campaign, number=number).first()
        if book is not None:
            self.attempt(
                hand_over, book=book, person=person, unit=self.made.prescriber, how=How(), actor=self.made.actor
            )

    @rule(number=NUMBERS)
    def take_back(self, number):
        made = HandOver.objects.filter(book__number=number, undone_at=None).first()
        if made is not None:
            self.attempt(undo_hand_over, made=made, actor=self.made.actor)

    @rule(number=NUMBERS, position=st.integers(1, 10), session=st.integers(0, 9), is_stub=st.booleans())
    def use(self, number, position, session, is_stub):
        one = Pass.objects.filter(book__number=number, position=position).select_related("book__campaign").first()
        if one is None:
            return
        reader = Reader(channel=Channel.STUB if is_stub else Channel.CAMERA, user=self.made.actor)
        self.attempt(redeem, one=one, session=self.sessions[session % len(self.sessions)], reader=reader)

    @rule(number=NUMBERS)
    def give_back(self, number):
        taken = Redemption.objects.filter(book__number=number).order_by("at").first()
        if taken is not None:
            self.attempt(undo, taken=taken, reason="Erreur", by_team=True, actor=self.team)

    @rule(number=NUMBERS, kind=st.sampled_from([MovementKind.LOST, MovementKind.STOLEN, MovementKind.DESTROYED]))
    def lose(self, number, kind):
        self.attempt(
            stock.declare,
            campaign=self.made.campaign,
            kind=kind,
            first=number,
            last=number,
            reason="Perdu",
            actor=self.team,
        )

    @rule(number=NUMBERS, kind=st.sampled_from(losses.HELD_KINDS))
    def lose_held(self, number, kind):
        made = HandOver.objects.filter(book__number=number, undone_at=None).first()
        if made is not None:
            self.attempt(losses.declare_held, made=made, kind=kind, reason="", actor=self.made.actor)

    @rule(number=NUMBERS, new=NUMBERS)
    def replace(self, number, new):
        made = HandOver.objects.filter(book__number=number, undone_at=None).first()
        book = Book.objects.filter(campaign=self.made.campaign, number=new).first()
        if made is not None and book is not None:
            self.attempt(losses.replace, made=made, book=book, unit=self.made.prescriber, actor=self.made.actor)

    @rule()
    def let_sleepers_go(self):
        self.attempt(dormant.warn)
        self.attempt(dormant.cancel_dormant, campaign=self.made.campaign, actor=self.team)

    @rule(is_paid=st.booleans())
    def decide(self, is_paid):
        dispute = Dispute.objects.filter(state=DisputeState.OPEN).first()
        if dispute is not None:
            self.attempt(disputes.decide, dispute=dispute, is_paid=is_paid, reason="Vu", actor=self.team)

    @rule()
    def draw_up(self):
        month = (self.now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
        self.attempt(claims.draw_up, campaign=self.made.campaign, month=month, actor=None)

    @rule(is_paid=st.booleans())
    def settle(self, is_paid):
        claim = Claim.objects.exclude(state__in=(ClaimState.PAID, ClaimState.REJECTED)).first()
        if claim is None:
            return
        claims.certify(claim=claim, actor=self.team, now=self.now)
        claims.liquidate(claim=claim, actor=self.team, now=self.now)
        with pytest.raises(DomainError, match="une autre personne"):
            claims.order(claim=claim, number="1", actor=self.team, now=self.now)
        claims.order(claim=claim, number=f"M{claim.number}", actor=self.second, now=self.now)
        if is_paid:
            claims.pay(claim=claim, on=self.now.date(), actor=self.second, now=self.now)
        else:
            claims.reject(claim=claim, on=self.now.date(), reason="RIB faux", actor=self.second, now=self.now)

    @rule()
    def expire(self):
        release.expire(campaign=self.made.campaign, actor=None, now=self.now)

    @rule(rate=st.sampled_from([2500, 5900]))
    def change_agreement(self, rate):
        if self.made.campaign.plans.filter(starts_on=self.now.date()).exists():
            return
        plan = PlanFactory(campaign=self.made.campaign, starts_on=self.now.date())
        FundingFactory(plan=plan, position=0, rate=rate)
        FundingFactory(plan=plan, position=1)
        ledger.open_plan(plan=plan)

    @invariant()
    def everything_balances(self):
        if not hasattr(self, "made"):
            return
        assert list(proof.faults()) == []
        used = Balance.objects.filter(account__in=(Account.REDEEMED, Account.CLAIMED, Account.PAID))
        assert all(row.cents >= 0 for row in used)

    @invariant()
    def nothing_is_used_after_its_day(self):
        for taken in Redemption.objects.select_related("book").exclude(channel=Channel.STUB):
            assert taken.book.valid_until is None or taken.at.date() <= taken.book.valid_until

    @invariant()
    def nobody_has_more_books_than_the_cap(self):
        held = HandOver.objects.filter(undone_at=None, replaces=None).values_list("person", flat=True)
        assert all(list(held).count(person) <= 2 for person in set(held))

    @invariant()
    def a_replacement_never_gives_more_than_was_left(self):
        """All the books of one hand-over, with those in their place, are worth one book."""
        for made in HandOver.objects.filter(undone_at=None, replaces=None):
            chain = [made]
            while following := HandOver.objects.filter(replaces=chain[-1], undone_at=None).first():
                chain.append(following)
            passes = Pass.objects.filter(book__in=[one.book_id for one in chain])
            usable = passes.filter(state__in=(PassState.HANDED, PassState.REDEEMED)).count()
            assert usable <= self.made.campaign.passes_per_book


class TestVintage(TransactionTestCase):
    """In any order."""

    def test_books_balance_in_any_order(self):
        run_state_machine_as_test(
            Vintage,
            settings=settings(
                max_examples=8,
                stateful_step_count=30,
                deadline=None,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
