"""Where a record's address lies, as a mark `geo:<latitude>,<longitude>` (degrees, as in RFC 5870), and what that says.

A spot weighs beside two addresses that are compared anyway; it finds no pairs and joins nothing by itself. A coordinate
of fewer than four decimals is a town's or a district's, and so is one that two different addresses have to the last
digit: such a spot can only speak against.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

from minerva.addresses.spot import Spot, distance_m, plain_degrees, read_spot
from minerva.linking.model import GEO
from minerva.linking.weights import bits

NEAR_M, FAR_M, OTHER_TOWN_M = 50.0, 2_000.0, 40_000.0
"""A geocoder puts a house on its lot or on the street before it; two of one house lie some dozen metres apart. One that
does not find the house answers with the town's center: that is another place only where it is another town's."""
EXACT_DECIMALS = 4
LEVELS = {"same": 1.0, "close": 0.9, "near": 0.6, "street": 0.3, "different": 0.0, "unknown": -1.0}
"""Level of addresses.compare_addresses -> the value under which place_address has its weight, -1 for none."""
LITTLE = 1.0
"""Bits that far apart takes at least, where the texts of the addresses said nothing for one place either."""


def spot_of(identifiers: Iterable[str]) -> Union[Spot, None]:
    """Returns the spot among a record's identifiers, the first where there are several, or None."""
    for value in identifiers:
        if value.startswith(GEO):
            return read_spot(value[len(GEO) :])
    return None


def spot_bits(a: Iterable[str], b: Iterable[str], level: str) -> tuple[float, str]:
    """Returns (bits, reason) of where the addresses of two records lie, from their identifiers; (0, "") where that says
    nothing. level: how far the texts of the addresses agree."""
    near, metres = spot_says(a, b, level)
    if near is None:
        return 0.0, ""
    if near:
        return bits(f"spot_{level}", 1.0), "at one spot by their coordinates"
    # What lies far apart is another address, whatever the texts say: what they gave is taken back.
    told = bits("place_address", max(0.0, LEVELS[level]))
    return min(-LITTLE, bits("place_address", 0.0) - told), f"{metres / 1000:.0f} km apart by their coordinates"


def spot_says(a: Iterable[str], b: Iterable[str], level: str) -> tuple[Union[bool, None], float]:
    """Returns (True at one spot, False far apart, None where the coordinates say nothing; metres)."""
    one, other = spot_of(a), spot_of(b)
    if one is None or other is None:
        return None, 0.0
    metres = distance_m(one, other)
    exact = _exact(one) and _exact(other)
    if metres > (FAR_M if exact else OTHER_TOWN_M):
        return False, metres
    told = one != other or level in ("same", "close")
    return True if metres <= NEAR_M and told and exact else None, metres


def _exact(spot: Spot) -> bool:
    return max(len(plain_degrees(each).partition(".")[2]) for each in spot) >= EXACT_DECIMALS
