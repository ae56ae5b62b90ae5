"""Codes nobody printed: counted for each network and each account; after too many, good and bad ones answer alike."""

from django.conf import settings
from django.http import HttpRequest

from pourtous.kernel.network_limits import TEN_MINUTES, is_too_often, times

_WHAT = "unknown-pass"


def has_guessed_enough(request: HttpRequest, account: str = "") -> bool:
    """Whether this network, or this account, showed too many unknown codes. Good codes do not count: no hall is shut."""
    limits = settings.PASS_GUESSES
    if account and times(request, _WHAT, whose=account) >= limits["per_account"]:
        return True
    return times(request, _WHAT) >= limits["per_network"]


def count_guess(request: HttpRequest, account: str = "") -> None:
    """A code that is not one of ours: forgotten after ten minutes."""
    is_too_often(request, _WHAT, most=0, seconds=TEN_MINUTES)
    if account:
        is_too_often(request, _WHAT, most=0, seconds=TEN_MINUTES, whose=account)
