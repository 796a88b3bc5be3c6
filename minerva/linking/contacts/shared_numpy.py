"""`shared.join_shared` where numpy is at hand: all edges at once, the same joins in the same order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from minerva.components.forest import forest_numpy
from minerva.linking.held import Held
from minerva.linking.held_numpy import filled, view
from minerva.linking.model import SharedJoins
from minerva.linking.places.kept_apart import SetsKeptApart
from minerva.linking.strength import strength_of

Array = Any


class Degrees(dict[int, int]):
    """value -> records that hold it, read from the bounds when it is asked for."""

    def __init__(self, held: Held) -> None:
        super().__init__()
        self._held = held

    def __missing__(self, value: int) -> int:
        return self._held.degree(value)


def join_shared_numpy(held: Held, hubs: Collection[int], sets: SetsKeptApart) -> SharedJoins:
    """See `shared.join_shared`; `sets` must be untouched."""
    starts = view(held.starts)
    degrees = np.diff(starts)
    shared = degrees > 1
    shared[np.fromiter(hubs, dtype=np.int64, count=len(hubs))] = False
    chosen = np.flatnonzero(shared)
    weakness = -_strengths(held, chosen, degrees[chosen])
    chosen = chosen[np.lexsort((chosen, weakness))]
    more = degrees[chosen] - 1
    owner = np.repeat(chosen, more)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(more) - more, more)
    holders = view(held.records)
    start = starts.take(owner)
    first, second = holders.take(start), holders.take(start + 1 + offset)
    picked, labels = forest_numpy(len(sets.parent), first, second)
    sets.parent = labels.tolist()
    return SharedJoins(filled(first[picked]), filled(second[picked]), filled(owner[picked]), Degrees(held))


def _strengths(held: Held, chosen: Array, degrees: Array) -> Array:
    """Returns the strength of each chosen value; each (kind, degree) is worked out once."""
    pairs, places = np.unique(view(held.kinds)[chosen] * (1 << 40) + degrees, return_inverse=True)
    each = [strength_of(f"{held.kind_names[pair >> 40]}:", pair & (1 << 40) - 1) for pair in pairs.tolist()]
    return np.array(each or [0.0])[places]
