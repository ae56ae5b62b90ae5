"""A lost book is dead at once; the new one has what was left and ends the same day; the money follows to the cent."""

from datetime import timedelta

import pytest

from pourtous.agenda.enums import RegistrationState
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.passes.enums import Account, BookState, Channel, MovementKind, PassState
from pourtous.passes.models import Balance, Book, HandOver, Pass
from pourtous.passes.operations import stock
from pourtous.passes.operations.hand_over import undo_hand_over
from pourtous.passes.operations.losses import declare_held, found_again, replace
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem, undo
from pourtous.passes.queries.proof import faults
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, pass_of, session_of, world
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10)


@pytest.fixture
def made():
    """The first book handed over; two of its passes used, for two sessions."""
    one = world(life_days=60)
    one.person = PersonFactory()
    one.given = handed(one, person=one.person)
    for position in (1, 2):
        take(one, NOW + timedelta(days=position), position=position)
    one.given.refresh_from_db()
    return one


def take(made, now, *, number=1, position=1):
    """One pass used."""
    session = session_of(made.session.course, now=now)
    reader = Reader(channel=Channel.CAMERA, user=made.actor)
    return redeem(one=pass_of(made, number, position), session=session, reader=reader, now=now)


def lose(made, kind=MovementKind.LOST, now=LATER):
    """It is gone."""
    slip = declare_held(made=made.given, kind=kind, reason="", actor=made.actor, now=now)
    made.given = HandOver.objects.select_related("book", "person", "campaign").get(pk=made.given.pk)
    return slip


def give_new(made, number=2, now=LATER):
    """The second book in its place."""
    book = made.campaign.books.all()[number - 1]
    return replace(made=made.given, book=book, unit=made.prescriber, actor=made.actor, now=now)


def cents(account):
    return sum(Balance.objects.filter(account=account).values_list("cents", flat=True))


@pytest.mark.parametrize("kind", [MovementKind.LOST, MovementKind.STOLEN, MovementKind.DAMAGED])
def test_blocked_at_once_and_its_value_is_back(made, kind):
    lose(made, kind)
    with pytest.raises(PassRefused) as refused:
        take(made, LATER, position=3)
    assert refused.value.why == "blocked"
    assert made.given.book.blocked_on == LATER.date()
    assert (cents(Account.COMMITTED), cents(Account.RELEASED), cents(Account.REDEEMED)) == (0, 8_000, 2_000)
    assert list(faults()) == []


def test_the_new_book_has_what_was_left_and_the_same_last_day(made):
    lose(made)
    given = give_new(made)
    book = Book.objects.get(pk=given.book_id)
    assert (given.kept, given.carried, given.ordinal) == (8, 2, 2)
    assert book.valid_until == made.given.book.valid_until == NOW.date() + timedelta(days=60)
    states = list(Pass.objects.filter(book=book).order_by("position").values_list("state", flat=True))
    assert states == [PassState.HANDED] * 8 + [PassState.RELEASED] * 2
    assert cents(Account.COMMITTED) == 8_000
    assert list(faults()) == []
    take(made, LATER, number=2, position=8)  # a tranche that the sessions before have opened
    book.refresh_from_db()
    assert book.attended == 3


def test_the_cap_is_respected_but_not_by_counting_a_replacement(made):
    assert made.campaign.books_per_person == 1
    lose(made)
    give_new(made)
    with pytest.raises(DomainError):
        handed(made, number=3, person=made.person, now=LATER)
    with pytest.raises(DomainError, match="remplacé"):
        give_new(made, number=3)
    assert HandOver.objects.count() == 2


def test_a_replacement_lost_in_its_turn(made):
    lose(made)
    made.given = give_new(made)
    take(made, LATER, number=2, position=1)
    lose(made, now=LATER + timedelta(days=1))
    last = give_new(made, number=3, now=LATER + timedelta(days=2))
    assert (last.kept, last.carried) == (7, 3)
    assert list(faults()) == []


def test_sessions_that_no_pass_paid_open_tranches_too():
    made = world()
    made.person = PersonFactory()
    made.given = handed(made, person=made.person)
    came = session_of(made.session.course, now=NOW + timedelta(days=2))
    RegistrationFactory(session=came, person=made.person, state=RegistrationState.ATTENDED)
    lose(made)
    assert give_new(made).carried == 1


def test_what_is_not_replaced(made):
    with pytest.raises(DomainError, match="Déclarez"):
        give_new(made)
    lose(made)
    with pytest.raises(DomainError, match="périmé"):
        give_new(made, now=NOW + timedelta(days=61))
    Pass.objects.filter(book=made.given.book).update(state=PassState.REDEEMED)
    with pytest.raises(DomainError, match="utilisés"):
        give_new(made)


def test_a_book_of_another_campaign_is_not_given(made):
    other = world(year=2027)
    lose(made)
    with pytest.raises(DomainError, match="même campagne"):
        replace(made=made.given, book=other.campaign.books.first(), unit=made.prescriber, actor=made.actor, now=LATER)


def test_said_twice_tells_the_day(made):
    lose(made)
    with pytest.raises(DomainError, match="11 juin 2026"):
        lose(made, MovementKind.STOLEN, now=LATER + timedelta(days=3))


def test_found_again_it_is_destroyed_and_keeps_its_day(made):
    with pytest.raises(DomainError):
        found_again(made=made.given, actor=made.actor, now=LATER)
    lose(made)
    found_again(made=made.given, actor=made.actor, now=LATER + timedelta(days=5))
    book = Book.objects.get(pk=made.given.book_id)
    assert (book.state, book.blocked_on) == (BookState.DESTROYED, LATER.date())
    made.given.refresh_from_db()
    assert give_new(made, now=LATER + timedelta(days=6)).kept == 8
    assert list(faults()) == []


def test_a_range_of_the_stock_never_destroys_a_book_in_hands(made):
    with pytest.raises(DomainError):
        stock.declare(
            campaign=made.campaign,
            kind=MovementKind.DESTROYED,
            first=1,
            last=1,
            reason="Pilon",
            actor=made.actor,
            now=LATER,
        )
    with pytest.raises(ValueError, match="somebody's hands"):
        lose(made, MovementKind.DESTROYED)


def test_a_replacement_is_not_taken_back(made):
    lose(made)
    given = give_new(made)
    with pytest.raises(DomainError, match="remplace"):
        undo_hand_over(made=given, actor=made.actor, now=LATER)


def test_a_use_undone_after_the_loss_gives_nothing_to_who_found_it(made):
    taken = take(made, LATER, position=3)
    lose(made)
    undo(taken=taken, reason="Erreur", by_team=True, actor=UserFactory(), now=LATER)
    assert cents(Account.COMMITTED) == 0
    assert list(faults()) == []


def test_the_prescriber_reads_of_it_unless_they_said_it():
    made = world()
    user = made.actor = MembershipFactory(unit=made.prescriber).user
    made.given = handed(made, person=PersonFactory(first_name="Odile"))
    made.actor = UserFactory()
    lose(made)
    mail = Message.objects.get(about="passes.loss")
    assert mail.to == user.email
    assert "26-000001" in mail.text
    assert "Odile" not in mail.text
    made.given = handed(made, number=2, person=PersonFactory(), now=LATER)
    HandOver.objects.update(by=user)
    made.actor = user
    made.given.refresh_from_db()
    lose(made)
    assert Message.objects.filter(about="passes.loss").count() == 1
