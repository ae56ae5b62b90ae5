"""What one can do for a person from their page: each app adds its links in its `person_page.py`.

    @action(order=10)
    def appointment(person: Person, user: User) -> Action | None:
        return Action(_("Make an appointment"), reverse("…", args=[person.code]), "calendar")

Small orders come first; the first of all is the page's main button.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from pourtous.accounts.models import User
from pourtous.people.models import Person


@dataclass(frozen=True)
class Action:
    """A link: its words, its address, an icon of `ui`."""

    label: str | Promise
    url: str
    icon: str


Source = Callable[[Person, User], Action | None]
_sources: dict[str, tuple[int, Source]] = {}


def action(*, order: int = 100) -> Callable[[Source], Source]:
    """Declare something one can do; None when this user may not, or it makes no sense for this person."""

    def declare(give: Source) -> Source:
        _sources[f"{give.__module__}.{give.__qualname__}"] = (order, give)
        return give

    return declare


def actions(person: Person, user: User) -> list[Action]:
    """What this user can do for this person, in order."""
    ordered = sorted(_sources.items(), key=lambda named: (named[1][0], named[0]))
    return [found for _name, (_order, give) in ordered if (found := give(person, user)) is not None]
