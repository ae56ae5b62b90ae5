"""What each app holds about a person: from it come the access file, merges with undo, and anonymisation.

An app adds its own in its `holdings.py`, which is found at start:

    @holding("activities", _("Help received"), order=40)
    class Activities(Holding): …
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from pourtous.people.models import Person

Fact = tuple[str | Promise, str]  # a label and what is held under it


@dataclass(frozen=True)
class Record:
    """One row held about a person, as they read it: "Appointment of 3 March", then its facts."""

    title: str | Promise
    facts: tuple[Fact, ...]


class Holding:
    """What an app answers about a person. All methods run inside the caller's transaction."""

    def records(self, person: Person) -> Iterable[Record]:
        """All that is held, for the access file, oldest first."""
        raise NotImplementedError

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """Give the rows of one file to the other; the keys of the rows that moved, to undo it."""
        raise NotImplementedError

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Undo `move`. What was added to the kept file since stays there."""
        raise NotImplementedError

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """Empty what is personal; rows that statistics count stay, under the emptied person."""
        raise NotImplementedError


@dataclass(frozen=True)
class Named:
    """A holding with its name, its title for people, and its place in the access file."""

    name: str
    title: str | Promise
    order: int
    holding: Holding


_holdings: dict[str, Named] = {}


def holding(name: str, title: str | Promise, *, order: int = 100) -> Callable[[type[Holding]], type[Holding]]:
    """Declare a holding."""

    def declare(kind: type[Holding]) -> type[Holding]:
        _holdings[name] = Named(name, title, order, kind())
        return kind

    return declare


def holdings() -> list[Named]:
    """All holdings in order."""
    return sorted(_holdings.values(), key=lambda named: (named.order, named.name))
