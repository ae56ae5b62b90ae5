"""Receipts of operators: who may give one, and what their words mean."""

import hmac
from hashlib import sha256
from uuid import UUID

DELIVERED = frozenset({"delivered", "delivrd", "received", "success"})
UNDELIVERED = frozenset({"undelivered", "undeliv", "failed", "failure", "rejected", "rejectd", "expired", "error"})


def signature(identity: UUID, secret: str) -> str:
    """What proves that an address of a receipt was made by us for this message."""
    return hmac.new(secret.encode(), f"sms receipt {identity}".encode(), sha256).hexdigest()[:32]


def is_signed(identity: UUID, given: str, secret: str) -> bool:
    """Whether the signature is the right one, in constant time."""
    return hmac.compare_digest(signature(identity, secret).encode(), given.encode(errors="replace"))
