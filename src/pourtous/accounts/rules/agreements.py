"""When an organisation may hold personal data: its role is recorded, and an agreement that fits it is in force.

Source of the rule: GDPR, articles 26 (joint controllers) and 28 (processors). A charter or a funding agreement
alone opens nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

KINDS_OF_ROLE: dict[str, frozenset[str]] = {
    "controller": frozenset({"sharing", "decision"}),
    "joint": frozenset({"joint"}),
    "processor": frozenset({"processing"}),
}
# What a unit does that needs people's files: its organisation is asked for a role and an agreement.
NEEDING = ("steering", "prescriber", "mediation", "host", "refurbisher", "repairer")
ENDING_DAYS = 60  # how long before its end one is told


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    ENDING = "ending"  # in force, and over within ENDING_DAYS
    OVER = "over"


@dataclass(frozen=True)
class Term:
    """An agreement as the rules see it. Half-open: on `ends_on` (as signed) and `ended_on` (early) it counts no more."""

    kind: str
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    ended_on: date | None = None

    @property
    def counts_from(self) -> date:
        """The first day it counts: never before it was signed."""
        return max(self.signed_on, self.starts_on)

    @property
    def counts_until(self) -> date | None:
        """The first day it no longer counts; None when no end is known."""
        return min((day for day in (self.ends_on, self.ended_on) if day is not None), default=None)


def state_on(term: Term, day: date) -> AgreementState:
    """Where an agreement stands."""
    until = term.counts_until
    if until is not None and until <= max(day, term.counts_from):
        return AgreementState.OVER
    if day < term.counts_from:
        return AgreementState.COMING
    if until is not None and until <= day + timedelta(days=ENDING_DAYS):
        return AgreementState.ENDING
    return AgreementState.IN_FORCE


def is_in_force(term: Term, day: date) -> bool:
    """Whether it counts on this day."""
    return state_on(term, day) in {AgreementState.IN_FORCE, AgreementState.ENDING}


def may_hold(data_role: str, terms: Iterable[Term], day: date) -> bool:
    """Whether an organisation of this role, with these agreements, may hold personal data on this day."""
    fitting = KINDS_OF_ROLE.get(data_role, frozenset())
    return any(term.kind in fitting and is_in_force(term, day) for term in terms)
