"""How often one network, account or number may do something in a while: counted in the shared cache, forgotten with it."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pourtous.kernel.network import network_of

TEN_MINUTES = 600


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int, whose: str = "") -> bool:
    """Count this once; True when this network (or `whose`, a code or a number) did it more than `most` times.

    Only a keyed digest of the address is kept.
    """
    key = _key(request, what, whose)
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended meanwhile
        return False


def times(request: HttpRequest, what: str, *, whose: str = "") -> int:
    """How often this network (or `whose`) did it, without counting."""
    return int(cache.get(_key(request, what, whose), 0))


def _key(request: HttpRequest, what: str, whose: str) -> str:
    who = salted_hmac("kernel.network_limits", whose or network_of(request), algorithm="sha256").hexdigest()[:32]
    return f"limit:{what}:{who}"
