"""Layers: what each funder has in each account hangs on the accounts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.passes.enums import Account, PostingKind
from pourtous.passes.rules.levels import LAYERS, changes, is_allowed, parts
from pourtous.passes.rules.shares import Line, split

FACE = 1000
THIRDS = (Line(rate=3333), Line(rate=3333), Line())
CAPPED = (Line(rate=6500, ceiling=50_000), Line())
TOTALS = st.fixed_dictionaries({account: st.integers(0, 200).map(lambda n: n * FACE) for account in LAYERS})


@given(TOTALS, st.sampled_from([THIRDS, CAPPED]))
def test_used_money_is_shared_as_one_whole(totals: dict[Account, int], lines: tuple[Line, ...]) -> None:
    found = parts(totals, lines, face_value=FACE)
    used = [Account.PAID, Account.CLAIMED, Account.REDEEMED]
    whole = split(sum(totals[account] for account in used), lines, face_value=FACE)
    assert [sum(found[account][n] for account in used) for n in range(len(lines))] == whole
    assert all(sum(found[account]) == totals[account] for account in LAYERS)
    assert all(cents >= 0 for row in found.values() for cents in row)


@given(TOTALS, st.sampled_from([THIRDS, CAPPED]), st.sampled_from(LAYERS), st.sampled_from(list(Account)))
def test_a_movement_sums_to_zero_for_each_funder(
    totals: dict[Account, int], lines: tuple[Line, ...], source: Account, target: Account
) -> None:
    if source == target or totals[source] < FACE:
        return
    moved = changes(totals, source=source, target=target, value=FACE, lines=lines, face_value=FACE)
    for number in range(len(lines)):
        assert sum(cents for (_, line), cents in moved.items() if line == number) == 0
    assert sum(cents for (account, _), cents in moved.items() if account == target) == FACE
    assert sum(cents for (account, _), cents in moved.items() if account == source) == -FACE
    assert 0 not in moved.values()


def test_using_a_pass_touches_two_accounts_alone() -> None:
    totals = {Account.COMMITTED: 10_000, Account.STOCK: 50_000, Account.REDEEMED: 3000}
    moved = changes(
        totals, source=Account.COMMITTED, target=Account.REDEEMED, value=FACE, lines=THIRDS, face_value=FACE
    )
    assert {account for account, _ in moved} == {Account.COMMITTED, Account.REDEEMED}


def test_the_surest_money_spends_the_ceiling_first() -> None:
    totals = {Account.PAID: 60_000, Account.COMMITTED: 60_000}
    assert parts(totals, CAPPED, face_value=FACE) | {} == {
        Account.PAID: [39_000, 21_000],
        Account.CLAIMED: [0, 0],
        Account.REDEEMED: [0, 0],
        Account.COMMITTED: [11_000, 49_000],
        Account.STOCK: [0, 0],
    }


def test_no_account_goes_below_zero() -> None:
    with pytest.raises(ValueError, match="claimed would be at -1000 cents"):
        changes({}, source=Account.CLAIMED, target=Account.PAID, value=FACE, lines=THIRDS, face_value=FACE)


def test_each_kind_goes_one_way() -> None:
    assert is_allowed(PostingKind.PAY, Account.CLAIMED, Account.PAID)
    assert not is_allowed(PostingKind.PAY, Account.REDEEMED, Account.PAID)
    assert not is_allowed(PostingKind.TAKE_OVER, Account.FUND, Account.STOCK)
