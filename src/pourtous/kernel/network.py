"""The network address a request comes from, as far as it can be believed."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_V6_NETWORK_BITS = 64


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
