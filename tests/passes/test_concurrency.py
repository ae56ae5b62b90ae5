"""Two hundred on one pass: one is told yes, all others where it was used. On both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import Channel, Refusal
from pourtous.passes.models import Redemption
from pourtous.passes.operations.hand_over import How, hand_over
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.queries import proof
from tests.passes.factories import NOW, handed, pass_of, world
from tests.people.factories import PersonFactory

THREADS, TIMES = 40, 5


def at_once(act):
    """What each attempt got: forty threads, five attempts each."""
    start = Barrier(THREADS)

    def many(number):
        try:
            start.wait()
            return [act(number) for _ in range(TIMES)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for answers in pool.map(many, range(THREADS)) for answer in answers]


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_on_one_pass():
    made = world()
    handed(made)
    one = pass_of(made)

    def take(_number):
        try:
            redeem(one=one, session=made.session, reader=Reader(channel=Channel.API, user=made.actor), now=NOW)
        except PassRefused as refused:
            return refused.why
        return "accepted"

    assert Counter(at_once(take)) == {"accepted": 1, Refusal.ALREADY_USED: THREADS * TIMES - 1}
    assert Redemption.objects.count() == 1
    assert list(proof.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_book_goes_to_one_person_and_a_person_gets_no_more_than_the_cap():
    made = world(books=1)
    people = [PersonFactory() for _ in range(THREADS)]
    book = pass_of(made).book

    def give(number):
        try:
            hand_over(book=book, person=people[number], unit=made.prescriber, how=How(), actor=made.actor, now=NOW)
        except DomainError:
            return "refused"
        return "handed"

    assert Counter(at_once(give)) == {"handed": 1, "refused": THREADS * TIMES - 1}
    assert list(proof.faults()) == []
