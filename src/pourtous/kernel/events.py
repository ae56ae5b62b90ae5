"""Typed domain events: how a lower app lets a higher one react without knowing it.

An app declares a frozen dataclass that inherits `Event`, publishes it from an operation, inside
its transaction; a higher app (or config) subscribes in its `AppConfig.ready`. No Django signals.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar


class Event:
    """Base of all domain events."""


E = TypeVar("E", bound=Event)


_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for each event of this kind; subscribing the same handler twice counts once."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: Event) -> None:
    """Call the handlers in order of subscription; what one raises stops the operation."""
    for handler in _handlers[type(event)]:
        handler(event)
