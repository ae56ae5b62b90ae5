"""Codes and secrets of passes as they are stored: digests and sealed texts, with keys of their own.

The keys come from SECRET_KEY under labels of their own. After SECRET_KEY has changed (docs/operations.md), codes
printed before are still found through POURTOUS_OLD_SECRET_KEYS: keep these as long as a pass of the time is valid.
"""

import base64
import hmac
from hashlib import blake2b, sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_DIGEST, _SEAL = b"pass digests", b"pass seals"


def digest(secret: str) -> str:
    """The keyed digest under which a code, a token or a key is stored."""
    return _hmac(settings.SECRET_KEY, secret)


def digests(secret: str) -> list[str]:
    """All digests it may be stored under: of the present key, of former keys, and the bare one of some operators."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [*(_hmac(key, secret) for key in keys), sha256(secret.encode()).hexdigest()]


def seal(content: bytes) -> bytes:
    """What may be kept on disk of a file that holds codes in clear, or of bank details."""
    return _seals().encrypt(content)


def unseal(stored: bytes) -> bytes | None:
    """The content, with the present key or one before it; None when neither opens it."""
    try:
        return _seals().decrypt(stored)
    except InvalidToken:
        return None


def _hmac(key: str, secret: str) -> str:
    return hmac.new(_derived(key, _DIGEST), secret.encode(), sha256).hexdigest()


def _seals() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, _SEAL))) for key in keys])


def _derived(key: str, label: bytes) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=label).digest()
