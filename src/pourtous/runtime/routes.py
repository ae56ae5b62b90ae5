"""The table of addresses: who may see what."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from pourtous.kernel.access import access_of


class Route(NamedTuple):
    """One address. `access` is None when nobody said who may see it: a fault."""

    path: str
    name: str
    access: str | None


def routes(resolver: URLResolver | None = None, prefix: str = "/", namespace: str = "") -> Iterator[Route]:
    """Every address of the software, in the order in which they are tried."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, where, inner)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield Route(where, name, access_of(entry.callback, name) or access_of(entry.callback, entry.name))
