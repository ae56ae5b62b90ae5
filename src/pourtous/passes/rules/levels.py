"""How much of each account is each funder's: a function of what stands in the accounts, and of nothing else.

The accounts of a plan lie on one another like layers: paid, claimed, redeemed, committed, stock. The first cent paid is
the first cent counted; what is committed is counted on top of all that was used, and so on. The part of a funder in a
layer is its part of everything up to the top of that layer, less its part of everything below. So nothing depends on
the order in which things happened, an undone use leaves no trace of a cent, ceilings are spent by what is surest first,
and at any ratio each funder is within one cent of its exact part of what was used.

What expires or is given back leaves the layers: it goes to those accounts with the very parts that the layers lose.
"""

from collections.abc import Mapping, Sequence

from pourtous.passes.enums import POSTINGS, Account, PostingKind
from pourtous.passes.rules.shares import Line, split

LAYERS = (Account.PAID, Account.CLAIMED, Account.REDEEMED, Account.COMMITTED, Account.STOCK)
Totals = Mapping[Account, int]
Change = dict[tuple[Account, int], int]  # cents by account and number of the line


def parts(totals: Totals, lines: Sequence[Line], *, face_value: int) -> dict[Account, list[int]]:
    """Each funder's part of each layer, in cents. ValueError for a layer below zero."""
    found: dict[Account, list[int]] = {}
    below, height = [0] * len(lines), 0
    for account in LAYERS:
        size = totals.get(account, 0)
        if size < 0:
            msg = f"{account} would be at {size} cents"
            raise ValueError(msg)
        height += size
        top = split(height, lines, face_value=face_value)
        found[account] = [upper - lower for upper, lower in zip(top, below, strict=True)]
        below = top
    return found


def after(totals: Totals, source: Account, target: Account, value: int) -> dict[Account, int]:
    """The layers once `value` has gone from `source` to `target`."""
    moved = {account: totals.get(account, 0) for account in LAYERS}
    for account, cents in ((source, -value), (target, value)):
        if account in moved:
            moved[account] += cents
    return moved


def changes(
    totals: Totals, *, source: Account, target: Account, value: int, lines: Sequence[Line], face_value: int
) -> Change:
    """What a movement changes, never zero: for each line the changes sum to zero, `FUND` or the way out included."""
    old = parts(totals, lines, face_value=face_value)
    new = parts(after(totals, source, target, value), lines, face_value=face_value)
    found: Change = {}
    outside = next((account for account in (source, target) if account not in LAYERS), None)
    for number in range(len(lines)):
        moved = {account: new[account][number] - old[account][number] for account in LAYERS}
        if outside is not None:
            moved[outside] = -sum(moved.values())
        found |= {(account, number): cents for account, cents in moved.items() if cents}
    return found


def is_allowed(kind: PostingKind, source: Account, target: Account) -> bool:
    """Whether a movement of this kind goes this way."""
    if kind not in POSTINGS:  # a new plan takes over: of the ledger's own making
        return False
    sources, goal = POSTINGS[kind]
    return source in sources and target == goal
