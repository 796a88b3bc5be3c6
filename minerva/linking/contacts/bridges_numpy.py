"""`bridges._suspicious` where numpy is at hand: neighbors among the holders of all values at once, the same answer."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from typing import Any

import numpy as np

from minerva.components.with_numpy import components_numpy
from minerva.linking.held import Held
from minerva.linking.held_numpy import view

Array = Any


def suspicious_numpy(held: Held, hubs: Collection[int], cities: array[int]) -> tuple[list[int], set[int]]:
    """See `bridges.suspicious_plainly`."""
    size = len(held.bounds) - 1
    starts, records = view(held.starts), view(held.records)
    degrees = np.diff(starts)
    joins = np.ones(len(degrees), dtype=bool)
    joins[np.fromiter(hubs, dtype=np.int64, count=len(hubs))] = False
    inside = np.repeat(joins, degrees)
    inside[starts[1:][degrees > 0] - 1] = False  # the last holder of a value has none behind it
    first = np.flatnonzero(inside)
    one, other = records.take(first), records.take(first + 1)
    groups = components_numpy(size, one, other)
    open_groups = _not_of_one_city(groups, view(cities))
    chosen = np.flatnonzero(open_groups.take(groups.take(one)))
    pairs = np.sort(one.take(chosen) * size + other.take(chosen))
    twice = pairs[1:][pairs[1:] == pairs[:-1]]
    a, b = twice // size, twice % size
    parts = components_numpy(size, a, b)
    firm = np.zeros(size, dtype=bool)
    firm[a] = firm[b] = True
    heads = np.flatnonzero(firm & (parts == np.arange(size)))
    suspicious = np.bincount(groups[heads], minlength=size) > 1
    return np.flatnonzero(suspicious).tolist(), set(np.flatnonzero(firm & suspicious[groups]).tolist())


def several_numpy(held: Held) -> bytearray:
    """See `bridges.several_plainly`."""
    return bytearray((np.diff(view(held.starts)) > 1).tobytes())


def _not_of_one_city(groups: Array, cities: Array) -> Array:
    """Returns for each group whether it tells several cities, or none."""
    told = np.flatnonzero(cities >= 0)
    some = np.full(len(groups), -1, dtype=np.int64)
    some[groups[told]] = cities[told]
    found = some < 0
    found[groups[told[cities[told] != some[groups[told]]]]] = True
    return found
