"""What an invitation is worth at a moment."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=7)


class InvitationState(StrEnum):
    """States of an invitation; only the first can be accepted."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


def state_at(
    now: datetime, *, expires_at: datetime, accepted_at: datetime | None, cancelled_at: datetime | None
) -> InvitationState:
    """The state at a moment. It ends at `expires_at` itself."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if cancelled_at is not None:
        return InvitationState.CANCELLED
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def new_token() -> str:
    """A secret for a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
