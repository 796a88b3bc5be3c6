"""Each trade of the invented world has three levels, harder from one to the next, and 3 to 5 of 100 are illicit."""

from __future__ import annotations

import pytest

from demo.world.trades import DIFFICULTIES, SECTORS, build_trades
from demo.world.trades.chances import BASE_RATE

LEVELS = ["easy", "medium", "hard"]


def test_there_are_three_levels_and_each_is_harder_in_every_way() -> None:
    assert list(DIFFICULTIES) == LEVELS
    for name in ("blur", "clean", "odd", "missing"):
        shares = [getattr(DIFFICULTIES[level], name) for level in LEVELS]
        assert shares == sorted(set(shares)), name


@pytest.mark.parametrize("level", LEVELS)
def test_each_trade_has_each_level_and_of_all_businesses_3_to_5_of_100_are_illicit(level: str) -> None:
    made = [build_trades(sector, 400, level=level) for sector in SECTORS]
    assert all(each.rows and len(each.illicit) >= 400 for each in made)
    assert all(0 < sum(each.illicit.values()) < 0.1 * len(each.illicit) for each in made)
    drawn = sum(sum(each.illicit.values()) for each in made) / sum(len(each.illicit) for each in made)
    assert 0.03 <= BASE_RATE <= 0.05
    assert 0.03 <= drawn <= 0.05
