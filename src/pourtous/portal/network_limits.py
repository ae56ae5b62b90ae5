"""How often one network may send something in a while: counted in the shared cache, forgotten with it."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pourtous.kernel.network import network_of


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int, whose: str = "") -> bool:
    """Count this once; True when this network (or `whose`, a code or a number) did it more than `most` times.

    Only a keyed digest of the address is kept.
    """
    who = salted_hmac("portal.limits", whose or network_of(request), algorithm="sha256").hexdigest()[:32]
    key = f"limit:{what}:{who}"
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended meanwhile
        return False
