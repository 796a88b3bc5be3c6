"""What a feature is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from minerva.risk.establishments import Establishment
from minerva.risk.market import Market

MOST_RECORDS = 20


class Feature(NamedTuple):
    """value: None for unknown; records: ids behind it; words: what was found, as a person reads it."""

    value: float | None
    records: tuple[str, ...] = ()
    words: str = ""


Function = Callable[[Establishment, Market, int], Feature]
"""(establishment, market, today as days since 1970) -> its feature."""
UNKNOWN = Feature(None)


def found(value: float, records: Iterable[str] = (), words: str = "") -> Feature:
    return Feature(float(value), tuple(dict.fromkeys(records))[:MOST_RECORDS], words)


def counted(number: float, one: str, several: str = "") -> str:
    """The number with its word: 1 case, 2 cases."""
    return f"{number:g} {one if number == 1 else several or one + 's'}"
