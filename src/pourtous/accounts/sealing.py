"""Secrets of second factors, kept so that a copy of the database alone opens nothing."""

import base64
import logging
from hashlib import blake2b

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_PURPOSE = b"second factor"  # a key of its own: what signs sessions does not open this
logger = logging.getLogger(__name__)


def seal(secret: str) -> str:
    """The secret as it is stored."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(stored: str) -> str | None:
    """The secret, with the present key of the installation or one before it; None when neither opens it."""
    try:
        return _keys().decrypt(stored.encode()).decode()
    except InvalidToken:
        logger.error("a second factor was sealed with another SECRET_KEY (docs/operations.md)")  # noqa: TRY400
        return None


def _keys() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(blake2b(key.encode(), digest_size=32, person=_PURPOSE).digest())
