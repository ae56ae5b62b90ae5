"""What is printed of a book: the only time its codes and tokens are in clear."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClearPass:
    """One pass as it is printed: the only time its code and token are in clear."""

    position: int
    serial: str
    tranche: int
    code: str
    token: str


@dataclass(frozen=True)
class ClearBook:
    """One book as it is printed."""

    number: int
    serial: str
    passes: tuple[ClearPass, ...]
