"""Keyed hashes that let two files be seen to be of one person without showing either.

The keys come from SECRET_KEY under a label of their own: what signs sessions tells nothing here, and a copy of the
database alone cannot be searched for a name. After SECRET_KEY has changed (docs/operations.md), files hashed with a
key of POURTOUS_OLD_SECRET_KEYS are still found; `pourtous rehash people` writes them anew.
"""

import hmac
from hashlib import blake2b, sha256

from django.conf import settings

from pourtous.kernel.text import fold

_LABEL = b"same person"
_FEWEST_NAMES = 2  # a first name alone says nobody


def name_hashes(first_name: str, last_name: str, birth_year: int | None) -> list[str]:
    """Of folded names in alphabetical order and the birth year, with the present key first.

    None when too little is known: a homonym is worse than a double.
    """
    names = sorted(fold(f"{first_name} {last_name}").split())
    if birth_year is None or len(names) < _FEWEST_NAMES:
        return []
    return _hashes(f"name:{' '.join(names)}:{birth_year}")


def phone_hashes(phone: str) -> list[str]:
    """Of a number in E.164, with the present key first; none when there is no number."""
    return _hashes(f"phone:{phone}") if phone else []


def _hashes(text: str) -> list[str]:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(_derived(key), text.encode(), sha256).hexdigest() for key in keys]


def _derived(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=_LABEL).digest()
