"""One question, one answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pourtous.passes.enums import PassState, Refusal
from pourtous.passes.rules.refusals import Shown, refusal

DAY = date(2026, 6, 1)
GOOD = Shown(day=DAY, state=PassState.HANDED, valid_until=DAY, tranche=0, attended=0, may_host=True, is_payable=True)


def test_a_good_pass_is_taken_to_the_end_of_its_last_day() -> None:
    assert refusal(GOOD) is None
    assert refusal(replace(GOOD, day=DAY + timedelta(days=1))) == Refusal.EXPIRED


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"may_host": False}, Refusal.NOT_QUALIFIED),
        ({"is_disputed": True}, Refusal.DISPUTED),
        ({"state": PassState.REDEEMED}, Refusal.ALREADY_USED),
        ({"state": PassState.RELEASED}, Refusal.BLOCKED),
        ({"book_is_blocked": True}, Refusal.BLOCKED),
        ({"state": PassState.NEW}, Refusal.NOT_HANDED),
        ({"state": PassState.STOCK}, Refusal.NOT_HANDED),
        ({"state": PassState.EXPIRED}, Refusal.EXPIRED),
        ({"is_payable": False}, Refusal.WRONG_COURSE),
        ({"is_paid": True}, Refusal.SESSION_PAID),
        ({"tranche": 1}, Refusal.TRANCHE_CLOSED),
        ({"tranche": 1, "attended": 1}, None),
    ],
)
def test_each_reason_is_told(change: dict[str, object], why: Refusal | None) -> None:
    assert refusal(replace(GOOD, **change)) == why  # type: ignore[arg-type]


def test_who_may_not_take_passes_learns_nothing_of_them() -> None:
    assert refusal(replace(GOOD, may_host=False, state=PassState.REDEEMED)) == Refusal.NOT_QUALIFIED
