from datetime import UTC, datetime, timedelta

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.runtime.idempotency import fingerprint, once, purge

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ask(key="k", request="r", scope="tests", action=lambda: {"n": 1}):
    return once(key, fingerprint(request), action, scope=scope, now=NOW)


def test_a_repeat_gets_the_same_answer_and_does_nothing():
    runs = []
    answers = [ask(action=lambda: runs.append(1) or {"n": len(runs)}) for _ in range(3)]
    assert answers == [{"n": 1}] * 3


def test_keys_of_two_users_never_meet():
    assert ask(scope="a", action=lambda: {"n": 1}) != ask(scope="b", action=lambda: {"n": 2})


def test_a_key_used_for_another_request_is_refused():
    ask(request={"amount": 1})
    with pytest.raises(DomainError):
        ask(request={"amount": 2})


def test_a_failure_is_not_remembered():
    with pytest.raises(ZeroDivisionError):
        ask(action=lambda: 1 / 0)
    assert ask() == {"n": 1}


@pytest.mark.parametrize("key", ["", "x" * 256, "a\0b"])
def test_a_key_that_cannot_be_one_is_refused(key):
    with pytest.raises(DomainError):
        ask(key=key)


def test_answers_are_forgotten_after_a_week():
    ask()
    assert purge(now=NOW + timedelta(days=6)) == 0
    assert purge(now=NOW + timedelta(days=8)) == 1


def test_the_order_of_keys_in_a_request_does_not_matter():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
