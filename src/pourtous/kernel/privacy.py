"""What is personal, said where the model is. The processing register and the privacy notice are made from it.

Every model of Pourtous has `privacy = Declared(personal={…}, other="…")`: each of its columns is in one
or the other, and the gate refuses a column that is in neither.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Basis(StrEnum):
    """Legal bases used (GDPR article 6.1)."""

    PUBLIC_INTEREST = "public interest"  # 6.1.e
    LEGAL_OBLIGATION = "legal obligation"  # 6.1.c
    CONTRACT = "contract"  # 6.1.b


class Erasure(StrEnum):
    """What erasing a person does to the column."""

    EMPTIED = "emptied"
    ROW_DELETED = "row deleted"
    KEPT = "kept"  # with the reason in `retention`


@dataclass(frozen=True)
class Personal:
    """One personal column: why it is kept, on what basis, for how long, and what erasure does to it.

    `purpose` and `retention` are sentences (msgids) for the privacy notice.
    """

    purpose: str
    basis: Basis
    retention: str
    erasure: Erasure


@dataclass(frozen=True)
class Declared:
    """The declaration of one model: personal columns by name, and the names of all others, parted by spaces."""

    personal: dict[str, Personal] = field(default_factory=dict)
    other: str = ""

    def names(self) -> set[str]:
        """All columns the declaration speaks of."""
        return set(self.personal) | set(self.other.split())
