"""The professional home, made of panels: each app adds its own in its `home.py`.

    @panel(order=20)
    def waiting(request: HttpRequest) -> Panel | None: …

A panel says what waits for this person, or None when nothing does. Small orders come first. What one does all day
(`order` under `FOLDED`) stands open; the rest is a line each, with its count, that opens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.accounts import queries
from pourtous.accounts.enums import DataRole
from pourtous.accounts.permissions import INVITE, MANAGE_ORGANISATIONS, MANAGE_PEOPLE
from pourtous.accounts.queries.agreements import ending_without_successor
from pourtous.kernel import clock
from pourtous.kernel.permissions import can
from pourtous.messaging.permissions import PRINT
from pourtous.messaging.queries import letters_to_do


@dataclass(frozen=True)
class Panel:
    """One panel: a title, a template for what is under it and its context.

    `count` is how many things wait for this person (0: it informs only) and `size` how many the panel is about, when
    they differ; the panel lists the first few and leads to the rest. `is_side` puts it in the narrow column; `is_folded`
    is said by `panels`.
    """

    title: str | Promise
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    is_side: bool = False
    size: int = 0
    is_folded: bool = False

    @property
    def total(self) -> int:
        """The figure beside the title; 0: none is shown."""
        return self.size or self.count

    def html(self, request: HttpRequest) -> str:
        """What is under the title."""
        return render_to_string(self.template, self.context, request)


Source = Callable[[HttpRequest], Panel | None]
FOLDED = 20
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
    return [
        replace(found, is_folded=order >= FOLDED and not found.is_side)
        for _name, (order, source) in ordered
        if (found := source(request)) is not None
    ]


SHOWN = 3


@panel(order=30)
def letters(request: HttpRequest) -> Panel | None:
    """For the steering team: letters that wait to be printed, or to be said printed."""
    if not can(request.user, PRINT):
        return None
    count = letters_to_do(clock.now())
    return Panel(_("Letters to print"), "accounts/panels/letters.html", {"count": count}, count) if count else None


@panel(order=40)
def incomplete(request: HttpRequest) -> Panel | None:
    """For the steering team: organisations whose role or agreement for personal data is missing."""
    if not can(request.user, MANAGE_ORGANISATIONS):
        return None
    found = list(queries.incomplete_organisations())
    context = {"organisations": found[:SHOWN], "more": max(len(found) - SHOWN, 0), "NONE": DataRole.NONE}
    return Panel(_("Agreements to record"), "accounts/panels/incomplete.html", context, len(found)) if found else None


@panel(order=41)
def ending(request: HttpRequest) -> Panel | None:
    """For the steering team: agreements that end within sixty days while none takes over."""
    if not can(request.user, MANAGE_ORGANISATIONS):
        return None
    found = list(ending_without_successor(clock.today()))
    context = {"agreements": found[:SHOWN], "more": max(len(found) - SHOWN, 0)}
    return Panel(_("Agreements that end soon"), "accounts/panels/ending.html", context, len(found)) if found else None


@panel(order=30)
def unprotected(request: HttpRequest) -> Panel | None:
    """For managers: people of their units without second factor."""
    if not can(request.user, MANAGE_PEOPLE):
        return None
    units = queries.managed_units(queries.who(request))
    found = [one for one in queries.without_second_factor(units) if one.pk != queries.who(request).pk]
    context = {"people": found[:SHOWN], "more": max(len(found) - SHOWN, 0)}
    if not found:
        return None
    return Panel(_("Accounts without second factor"), "accounts/panels/unprotected.html", context, size=len(found))


@panel(order=60)
def invited(request: HttpRequest) -> Panel | None:
    """Invitations nobody has answered yet: of one's own units, or all for the steering team."""
    if not can(request.user, INVITE):
        return None
    steers = can(request.user, MANAGE_ORGANISATIONS)
    found = list(
        queries.all_waiting_invitations()
        if steers
        else queries.waiting_invitations(queries.managed_units(queries.who(request)))
    )
    now = clock.now()
    rows = [(one, one.expires_at <= now) for one in found[:SHOWN]]
    context = {"invitations": rows, "more": max(len(found) - SHOWN, 0)}
    if not found:
        return None
    title = _("Invitations without answer")
    return Panel(title, "accounts/panels/invited.html", context, is_side=True, size=len(found))
