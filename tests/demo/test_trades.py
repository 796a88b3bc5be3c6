"""The businesses that the demo submits: no phone of the world, towns of their institution, none beside a tiny world."""

from __future__ import annotations

from typing import Any

from demo import trades
from demo.world import LEVELS, build
from demo.world.places import CITIES
from demo.world.trades import SECTORS, build_trades


def test_businesses_have_no_phone_of_the_world_and_stand_in_their_towns() -> None:
    first = build_trades("hotel", 5, seed=3)
    taken = {phone for row in first.rows for phone in row.get("phones", ())}
    for sector in SECTORS:
        made = build_trades(sector, 5, seed=3, cities=CITIES[:2], taken=taken)
        assert {row["city"] for row in made.rows if "city" in row} <= {city.name for city in CITIES[:2]}
        assert len(made.illicit) >= 5
    plain = {f"+1{''.join(letter for letter in phone if letter.isdigit())}" for phone in taken}
    again = build_trades("hotel", 5, seed=3, taken=plain)
    assert taken.isdisjoint({phone for row in again.rows for phone in row.get("phones", ())})


def test_a_tiny_world_has_no_trades() -> None:
    asked: Any = None  # nothing of a run is touched
    assert trades.hold(asked, build(records=100, level=LEVELS["easy"])) == {}
