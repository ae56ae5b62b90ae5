import pytest

from pourtous.passes.enums import BookState, Channel, HandOverChannel
from pourtous.passes.models import Book, HandOver, Redemption
from pourtous.passes.operations.hand_over import How, hand_over, undo_hand_over
from pourtous.passes.operations.redeem import Reader, redeem
from pourtous.passes.queries import proof
from pourtous.people.operations.access import access_file, as_json
from pourtous.people.operations.erasure import anonymise
from pourtous.people.operations.merges import merge, undo
from tests.accounts.factories import UserFactory
from tests.passes.factories import NOW, handed, pass_of, world
from tests.people.factories import PersonFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db


def take(made, one, *, now=NOW):
    return redeem(one=one, session=made.session, reader=Reader(Channel.TYPED, user=made.actor), now=now)


def books_of(person):
    return sorted(HandOver.objects.filter(person=person, undone_at=None).values_list("book__number", "ordinal"))


def test_the_access_file_tells_books_and_where_passes_were_used():
    made = world()
    person = PersonFactory()
    handed(made, person=person)
    take(made, pass_of(made))
    told = str(as_json(access_file(person=person, actor=UserFactory(), now=NOW)))
    for said in ("26-000001", made.campaign.name, str(made.prescriber), "26-000001-01", made.session.course.title):
        assert said in told, said


def test_a_book_taken_back_tells_nothing_of_who_has_it_now():
    made = world()
    first, second = PersonFactory(), PersonFactory()
    undo_hand_over(made=handed(made, person=first), actor=made.actor, now=NOW)
    handed(made, person=second)
    take(made, pass_of(made))
    told = str(as_json(access_file(person=first, actor=UserFactory(), now=NOW)))
    assert "26-000001" in told
    assert "26-000001-01" not in told


def test_two_people_with_a_book_each_become_one_and_are_taken_apart_again():
    made = world()
    kept, absorbed = PersonFactory(), PersonFactory()
    handed(made, number=1, person=kept)
    handed(made, number=2, person=absorbed)
    merged = merge(kept=kept, absorbed=absorbed, unit=made.prescriber, actor=made.actor, now=NOW)
    assert books_of(kept) == [(1, 1), (2, 2)]
    undo(done=merged, actor=made.actor, now=NOW)
    assert books_of(kept) == [(1, 1)]
    assert books_of(absorbed) == [(2, 1)]


def test_a_gap_left_by_a_hand_over_undone_is_filled_and_the_cap_holds():
    made = world(books_per_person=2, books=4)
    person = PersonFactory()
    first = handed(made, number=1, person=person)
    handed(made, number=2, person=person)
    undo_hand_over(made=first, actor=made.actor, now=NOW)
    handed(made, number=3, person=person)
    assert books_of(person) == [(2, 2), (3, 1)]


def test_a_replacement_moves_with_the_book_it_replaces():
    made = world()
    kept, absorbed = PersonFactory(), PersonFactory()
    lost = handed(made, number=1, person=absorbed)
    handed(made, number=3, person=kept)
    book = Book.objects.get(campaign=made.campaign, number=2)
    how = How(channel=HandOverChannel.DESK)
    hand_over(book=book, person=absorbed, unit=made.prescriber, how=how, actor=made.actor, now=NOW, replaces=lost)
    merge(kept=kept, absorbed=absorbed, unit=made.prescriber, actor=made.actor, now=NOW)
    assert HandOver.objects.filter(person=kept, undone_at=None, replaces=None).count() == 2
    assert HandOver.objects.get(replaces=lost).person == kept


def test_who_had_the_book_goes_and_the_money_stays():
    made = world()
    person = PersonFactory(commune=CommuneFactory())
    handed(made, person=person)
    take(made, pass_of(made))
    anonymise(person=person, reason="retention", actor=None, now=NOW)
    row = HandOver.objects.get()
    assert (row.person, row.commune) == (None, None)
    assert Redemption.objects.get().value == made.campaign.face_value
    assert row.book.state == BookState.HANDED
    assert list(proof.faults()) == []
