"""Secrets in addresses: only what they are turned into is kept."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
