"""How often one network address may ask, so that one client cannot starve the others."""

import time
from ipaddress import ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

_MOST_ADDRESSES = 100_000
_V6_NETWORK_BITS = 64


class FixedWindow:
    """Counts by address within windows of `seconds`, in this process; memory is given back at each new window.

    A web process counts for itself: with n processes an address gets up to n times the limit, which is
    enough against starving and costs no database write a request.
    """

    def __init__(self, *, limit: int, seconds: int = 60) -> None:
        self.limit = limit
        self.seconds = seconds
        self._lock = Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def wait(self, address: str, *, at: float | None = None) -> int:
        """Count one request; 0 when it may pass, else the seconds until the address may ask again."""
        moment = time.monotonic() if at is None else at
        window = int(moment // self.seconds)
        with self._lock:
            if window != self._window or len(self._counts) > _MOST_ADDRESSES:
                self._window, self._counts = window, {}
            count = self._counts[address] = self._counts.get(address, 0) + 1
        if count <= self.limit:
            return 0
        return max(1, int((window + 1) * self.seconds - moment) + 1)


def network_of(request: HttpRequest) -> str:
    """The address a request is counted under: the peer's, for IPv6 its /64.

    Behind a proxy of ours (POURTOUS_BEHIND_PROXY) the last X-Forwarded-For entry, which that proxy wrote;
    the others, and the whole header without a proxy, are the client's own words and are not believed.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        peer = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or peer
    if ":" not in peer:
        return peer
    try:
        address = ip_address(peer)
    except ValueError:
        return peer
    return str(ip_network((address, _V6_NETWORK_BITS), strict=False).network_address)
