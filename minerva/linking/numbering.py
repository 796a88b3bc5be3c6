"""Dicts for very many strings: numbers given in order, and values by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any


def numbering() -> dict[str, int]:
    """Returns a dict that gives each new string it is asked for the next number, from 0 on; see `mapped`."""
    return _holding_hashes(defaultdict(count().__next__))


def mapped(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Returns `dict(pairs)`, for very many at two thirds of the cost.

    From Python 3.11 on a dict whose keys are strings alone keeps no hashes: to grow, and to pass by another key, it
    reads each string, which lies anywhere in memory. One that held a key of another kind keeps them.
    """
    found = _holding_hashes({})
    found.update(pairs)
    return found


def _holding_hashes(empty: dict[Any, Any]) -> dict[Any, Any]:
    empty[None] = 0
    del empty[None]
    return empty
