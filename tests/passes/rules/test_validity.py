"""How long passes live and when tranches open."""

from datetime import date

import pytest

from pourtous.passes.rules.validity import Life, are_tranches, tranche_of

VINTAGE = Life(date(2026, 12, 31), tolerance=31, days=150)


@pytest.mark.parametrize(
    ("life", "handed_on", "last"),
    [
        (VINTAGE, date(2026, 3, 1), date(2026, 7, 29)),
        (VINTAGE, date(2026, 12, 1), date(2027, 1, 31)),
        (Life(date(2026, 12, 31)), date(2026, 3, 1), date(2026, 12, 31)),
        (Life(date(2028, 2, 29), days=1), date(2028, 2, 28), date(2028, 2, 29)),
    ],
)
def test_the_nearer_limit_holds(life: Life, handed_on: date, last: date) -> None:
    assert life.last_day_of(handed_on) == last


def test_tranches_open_one_after_the_other() -> None:
    assert [tranche_of(n, (4, 3, 3)) for n in range(1, 11)] == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]
    with pytest.raises(ValueError, match="no pass 11 in 10"):
        tranche_of(11, (4, 6))


@pytest.mark.parametrize(
    ("tranches", "holds"),
    [((10,), True), ((4, 6), True), ((4, 5), False), ((), False), ((10, 0), False), (("10",), False)],
)
def test_tranches_share_out_the_whole_book(tranches: tuple[int, ...], *, holds: bool) -> None:
    assert are_tranches(tranches, 10) is holds
