"""Secrets of links to figures."""

import hashlib
import secrets


def new_token() -> str:
    """A secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of it: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
