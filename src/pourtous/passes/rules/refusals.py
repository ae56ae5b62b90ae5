"""Whether a pass is taken: one question, one answer, in the order in which a person at a counter understands it."""

from dataclasses import dataclass
from datetime import date

from pourtous.passes.enums import PassState, Refusal


@dataclass(frozen=True)
class Shown:
    """What is known when a pass is shown on `day` (of Paris, by the server's clock) for a session.

    `valid_until`: last day of its book; `attended`: sessions its holder came to, or that its book paid; `tranche`: how
    many of them it takes; `may_host`: whether the organisation was qualified on the day of the session; `is_payable`:
    whether the campaign pays for the session; `book_is_blocked`: declared lost or stolen.
    """

    day: date
    state: str
    valid_until: date | None
    tranche: int
    attended: int
    may_host: bool
    is_payable: bool
    is_paid: bool = False  # this book has given all the passes the session costs
    book_is_blocked: bool = False
    is_disputed: bool = False


def refusal(shown: Shown) -> Refusal | None:
    """Why the pass is not taken; None when it is."""
    checks = (
        (not shown.may_host, Refusal.NOT_QUALIFIED),
        (shown.is_disputed, Refusal.DISPUTED),
        (shown.state == PassState.REDEEMED, Refusal.ALREADY_USED),
        (shown.book_is_blocked or shown.state == PassState.RELEASED, Refusal.BLOCKED),
        (shown.state in {PassState.NEW, PassState.STOCK}, Refusal.NOT_HANDED),
        (shown.state == PassState.EXPIRED, Refusal.EXPIRED),
        (shown.valid_until is not None and shown.day > shown.valid_until, Refusal.EXPIRED),
        (not shown.is_payable, Refusal.WRONG_COURSE),
        (shown.is_paid, Refusal.SESSION_PAID),
        (shown.attended < shown.tranche, Refusal.TRANCHE_CLOSED),
    )
    return next((why for holds, why in checks if holds), None)
