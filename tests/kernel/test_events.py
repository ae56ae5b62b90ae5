from collections import defaultdict
from dataclasses import dataclass

import pytest

from pourtous.kernel import events


@dataclass(frozen=True)
class Closed(events.Event):
    code: str


class Opened(events.Event):
    pass


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(events, "_handlers", defaultdict(list))


def test_handlers_of_a_kind_are_called_in_order():
    calls = []
    events.subscribe(Closed, lambda event: calls.append(("first", event.code)))
    events.subscribe(Closed, lambda event: calls.append(("second", event.code)))
    events.subscribe(Opened, lambda event: calls.append("opened"))
    events.publish(Closed("A"))
    assert calls == [("first", "A"), ("second", "A")]


def test_subscribing_twice_counts_once():
    calls = []
    events.subscribe(Opened, calls.append)
    events.subscribe(Opened, calls.append)
    events.publish(Opened())
    assert len(calls) == 1


def test_what_a_handler_raises_stops_the_operation():
    events.subscribe(Opened, lambda event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        events.publish(Opened())
