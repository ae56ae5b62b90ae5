"""Calls to give back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from pourtous.agenda.enums import CallState
from pourtous.agenda.models import CallBack
from pourtous.agenda.operations.calls import ask_to_be_called, done, forget_calls, nobody_answered, take
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from tests.accounts.factories import UserFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def asked(phone="06 39 98 00 01"):
    return ask_to_be_called(first_name="Odile", phone=phone, best_time="le matin", about="", commune=None, now=NOW)


@pytest.mark.django_db
def test_a_number_waits_once_and_must_be_one():
    assert asked() == asked("+33 6 39 98 00 01")
    assert CallBack.objects.count() == 1
    with pytest.raises(DomainError):
        asked("bonjour")


@pytest.mark.django_db(transaction=True)
def test_two_operators_never_take_the_same():
    call, start = asked(), Barrier(8)
    users = [UserFactory() for _ in range(8)]

    def try_it(user):
        try:
            start.wait()
            return take(call=call, actor=user, now=NOW).taken_by_id
        except DomainError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        winners = [one for one in pool.map(try_it, users) if one]
    assert len(winners) == 1


@pytest.mark.django_db
def test_taken_too_long_ago_it_is_free_again():
    call, first, second = asked(), UserFactory(), UserFactory()
    take(call=call, actor=first, now=NOW)
    with pytest.raises(DomainError):
        take(call=call, actor=second, now=NOW + timedelta(minutes=29))
    assert take(call=call, actor=second, now=NOW + timedelta(minutes=31)).taken_by == second
    with pytest.raises(DomainError):
        done(call=call, outcome="", actor=first, now=NOW)


@pytest.mark.django_db
def test_three_tries_then_a_message():
    call, user = asked(), UserFactory()
    for _ in range(3):
        take(call=call, actor=user, now=NOW)
        call = nobody_answered(call=call, actor=user, now=NOW)
    assert (call.state, call.tries) == (CallState.UNREACHED, 3)
    assert Message.objects.get(about="agenda.call").to == "+33639980001"
    with pytest.raises(DomainError):
        take(call=call, actor=user, now=NOW)


@pytest.mark.django_db
def test_done_and_forgotten():
    call, user = asked(), UserFactory()
    take(call=call, actor=user, now=NOW)
    assert done(call=call, outcome="Un rendez-vous est pris", actor=user, now=NOW).state == CallState.DONE
    assert forget_calls(now=NOW + timedelta(days=29)) == 0
    assert forget_calls(now=NOW + timedelta(days=31), dry_run=True) == 1
    assert forget_calls(now=NOW + timedelta(days=31)) == 1
    assert not CallBack.objects.exists()
