"""The professional navigation: each app adds its entries in its own `navigation.py`."""

from dataclasses import dataclass
from itertools import accumulate

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from pourtous.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Entry:
    """One word of the navigation. Without permission it is for anybody signed in. Smaller `order` comes first.

    `also`: how the addresses of its pages begin that do not begin as its own does.
    """

    label: str | Promise
    url_name: str
    permission: Permission | None
    order: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as shown to one person."""

    label: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True)
class Menu:
    """The first entries stand in the bar, the others wait under one word."""

    first: list[Link]
    more: list[Link]

    @property
    def here(self) -> str | Promise:
        """The label of the current page, if it is one of those that wait."""
        return next((link.label for link in self.more if link.is_current), "")


_entries: dict[str, Entry] = {}


IN_THE_BAR = 66  # letters that stand in one line of 1280 px, two more counted for each gap, beside the longest "Plus"


def entry(
    label: str | Promise,
    url_name: str,
    permission: Permission | None = None,
    order: int = 100,
    also: tuple[str, ...] = (),
) -> None:
    """Add an entry; the same address twice keeps the last."""
    _entries[url_name] = Entry(label, url_name, permission, order, also)


def menu(request: HttpRequest) -> Menu:
    """The entries this person may use: as many in the bar as fit, in order."""
    found = links(request)
    widths = accumulate(len(str(link.label)) + 2 for link in found)
    shown = sum(width <= IN_THE_BAR for width in widths)
    return Menu(found[:shown], found[shown:])


def links(request: HttpRequest) -> list[Link]:
    """The entries this person may use, in order; the current one is that whose address is the longest beginning.

    An address under which others stand, as that of the home, is current alone.
    """
    allowed = [e for e in _entries.values() if e.permission is None or can(request.user, e.permission)]
    found = [(e, url) for e in sorted(allowed, key=lambda e: e.order) if (url := _address(e.url_name))]
    here = max((start for e, url in found for start in _starts(e, url, found, request.path)), key=len, default="")
    return [Link(e.label, url, here in {url, *e.also}) for e, url in found]


def _starts(one: Entry, url: str, found: list[tuple[Entry, str]], path: str) -> list[str]:
    """The beginnings of an entry that this path has."""
    is_above = any(other != url and other.startswith(url) for _, other in found)
    kept = [start for start in one.also if path.startswith(start)]
    return [*kept, url] if (path == url if is_above else path.startswith(url)) else kept


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
