"""What happened with a person, in order, on their page: each app adds its lines in its `person_page.py`.

    @source
    def appointments(person: Person, user: User, now: datetime) -> Iterable[Moment]: …

A source gives only what this user may see: being allowed to see the file is checked already.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from pourtous.accounts.models import User
from pourtous.people.models import Person

SHOWN = 30


@dataclass(frozen=True)
class Moment:
    """One line: the day, what happened, a second line, where to read more, and an icon of `ui`."""

    on: date
    title: str | Promise
    text: str | Promise = ""
    url: str = ""
    icon: str = "check"


Source = Callable[[Person, User, datetime], Iterable[Moment]]
_sources: dict[str, Source] = {}


def source(give: Source) -> Source:
    """Declare a source of lines."""
    _sources[f"{give.__module__}.{give.__qualname__}"] = give
    return give


def timeline(person: Person, user: User, *, now: datetime) -> list[Moment]:
    """What happened with a person, newest first, at most `SHOWN` lines."""
    found = [moment for _name, give in sorted(_sources.items()) for moment in give(person, user, now)]
    return sorted(found, key=lambda moment: moment.on, reverse=True)[:SHOWN]
