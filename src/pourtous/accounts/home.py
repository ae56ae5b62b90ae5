"""The professional home, made of panels: each app adds its own in its `home.py`.

    @panel(order=20)
    def waiting(request: HttpRequest) -> Panel | None: …

A panel says what waits for this person, or None when nothing does. Small orders come first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Panel:
    """One panel: a title, a template for what is under it and its context.

    `count` is how many things wait (0: it informs only); `is_side` puts it in the narrow column.
    """

    title: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    is_side: bool = False


Source = Callable[[HttpRequest], Panel | None]
_sources: dict[str, tuple[int, Source]] = {}


def panel(*, order: int = 100) -> Callable[[Source], Source]:
    """Declare a source of a panel."""

    def declare(source: Source) -> Source:
        _sources[f"{source.__module__}.{source.__qualname__}"] = (order, source)
        return source

    return declare


def panels(request: HttpRequest) -> list[Panel]:
    """The panels that have something for this person, in order."""
    ordered = sorted(_sources.items(), key=lambda named: (named[1][0], named[0]))
    return [found for _name, (_order, source) in ordered if (found := source(request)) is not None]
