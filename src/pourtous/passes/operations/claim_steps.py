"""The same step for many claims at once: each by itself, so that one that is refused stops no other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pourtous.kernel.errors import DomainError
from pourtous.passes.models import Claim
from pourtous.passes.operations import claims as operations


@dataclass
class Outcome:
    """What became of the claims: how many moved on, and why the others did not."""

    done: int = 0
    refused: list[tuple[Claim, str]] = field(default_factory=list)


def certify_all(*, claims: Iterable[Claim], actor: Any, now: datetime) -> Outcome:
    """Certify the service of each."""
    return _each(claims, lambda claim: operations.certify(claim=claim, actor=actor, now=now))


def liquidate_all(*, claims: Iterable[Claim], actor: Any, now: datetime) -> Outcome:
    """Liquidate each."""
    return _each(claims, lambda claim: operations.liquidate(claim=claim, actor=actor, now=now))


def order_all(*, claims: Sequence[tuple[Claim, str]], actor: Any, now: datetime) -> Outcome:
    """Order the payment of each, under its number (mandat)."""
    numbers = {claim.pk: number for claim, number in claims}
    asked = [claim for claim, _number in claims]
    return _each(asked, lambda claim: operations.order(claim=claim, number=numbers[claim.pk], actor=actor, now=now))


def pay_all(*, claims: Iterable[Claim], on: date, actor: Any, now: datetime) -> Outcome:
    """Record that the paymaster paid each, on this day."""
    return _each(claims, lambda claim: operations.pay(claim=claim, on=on, actor=actor, now=now))


def _each(claims: Iterable[Claim], act: Callable[[Claim], None]) -> Outcome:
    outcome = Outcome()
    for claim in claims:
        try:
            act(claim)
        except DomainError as error:
            outcome.refused.append((claim, str(error)))
        else:
            outcome.done += 1
    return outcome
