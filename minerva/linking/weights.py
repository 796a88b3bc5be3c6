"""The weights of linking as data: log2 of how much more often a comparison comes out so among records of one holder.

Shape: Fellegi and Sunter (1969). benchmarks/link_weights.py learns them without truth, with Splink, and writes the
file, which says from what and how.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[tuple[float, float], ...]]:
    """Returns comparison -> ((least value, bits), ...), highest value first."""
    data = json.loads((Path(__file__).parent / "data" / "weights.json").read_text(encoding="utf-8"))
    return {
        name: tuple((float(least), float(weight)) for least, weight in levels)
        for name, levels in data["comparisons"].items()
    }


def bits(comparison: str, value: float) -> float:
    """Returns the bits of a comparison that came out at `value` (0 to 1). Raises KeyError for one that has none."""
    return next(weight for least, weight in table()[comparison] if value >= least)


def probability(odds: float) -> float:
    """Returns 0 to 0.999 of log2 odds: nothing that is compared is certain."""
    return min(0.999, round(1.0 / (1.0 + math.pow(2.0, -odds)), 3))
