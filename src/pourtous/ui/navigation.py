"""The professional navigation: each app adds its entries in its own `navigation.py`."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from pourtous.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Entry:
    """One word of the navigation. Without permission it is for anybody signed in. Smaller `order` comes first."""

    label: str | Promise
    url_name: str
    permission: Permission | None
    order: int


@dataclass(frozen=True)
class Link:
    """An entry as shown to one person."""

    label: str | Promise
    url: str
    is_current: bool


_entries: dict[str, Entry] = {}


def entry(label: str | Promise, url_name: str, permission: Permission | None = None, order: int = 100) -> None:
    """Add an entry; the same address twice keeps the last."""
    _entries[url_name] = Entry(label, url_name, permission, order)


def links(request: HttpRequest) -> list[Link]:
    """The entries this person may use, in order; the current one is that whose address is the longest beginning."""
    allowed = [e for e in _entries.values() if e.permission is None or can(request.user, e.permission)]
    found = [(e, url) for e in sorted(allowed, key=lambda e: e.order) if (url := _address(e.url_name))]
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [Link(e.label, url, url == here) for e, url in found]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
