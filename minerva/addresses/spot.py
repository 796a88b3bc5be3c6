"""A place on earth as text, `<latitude>,<longitude>` in degrees (as in RFC 5870)."""

from __future__ import annotations

import math
import re
from typing import Union

Spot = tuple[float, float]
EARTH_M = 6_371_008.8
"""Mean radius in metres (IUGG)."""
_SPOT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)(?:[,;].*)?")


def spot_text(latitude: str, longitude: str) -> str:
    """Returns the text of two coordinates in degrees, "" for what is no place on earth, and for 0,0 (none known)."""
    found = read_spot(f"{latitude.strip()},{longitude.strip()}")
    return f"{plain_degrees(found[0])},{plain_degrees(found[1])}" if found else ""


def read_spot(text: str) -> Union[Spot, None]:
    """Returns the place, None for what is none; an altitude or parameters behind it are left out."""
    found = _SPOT.fullmatch(text)
    if not found:
        return None
    spot = float(found[1]), float(found[2])
    return spot if abs(spot[0]) <= 90 and abs(spot[1]) <= 180 and spot != (0.0, 0.0) else None


def plain_degrees(degrees: float) -> str:
    """Returns degrees with at most six decimals, a tenth of a metre."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def distance_m(one: Spot, other: Spot) -> float:
    """Returns the great-circle distance in metres (haversine)."""
    first, second = math.radians(one[0]), math.radians(other[0])
    across = math.sin((second - first) / 2) ** 2
    along = math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, across + math.cos(first) * math.cos(second) * along)))
