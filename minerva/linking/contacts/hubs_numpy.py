"""The first look at identifiers of `hubs.sort_out` where numpy is at hand: agreement of all at once, the same answer.

Records of an identifier are grouped by what else they share: a graph of (identifier, record), those linked that hold
one other identifier, has these groups as its components.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minerva.components.with_numpy import components_numpy
from minerva.linking.contacts.firm import Firm
from minerva.linking.held import Held
from minerva.linking.held_numpy import view
from minerva.linking.people.people_names import Names

Array = Any

_PAIRS = 200_000
"""(record, other identifier) pairs in memory at once; a million cost a third more, in pages touched first."""


def sort_out_numpy(
    held: Held, least: int, most: int, agreement: float, apart: frozenset[int] = frozenset()
) -> tuple[Firm, list[int]]:
    """See `hubs.sort_out`."""
    records, all_starts = view(held.records), view(held.starts)
    starts, degrees = all_starts[:-1], np.diff(all_starts)
    doubtful = degrees > max(most, least - 1)
    doubtful[np.fromiter(apart, dtype=np.int64, count=len(apart))] = True
    tested = np.flatnonzero((degrees >= least) & ~doubtful)
    if len(tested):
        others, bounds = view(held.flat), view(held.bounds)
        counts = np.bincount(others, minlength=len(held.values) + held.company)
        for chosen in _chunks(tested, starts, degrees, records, bounds):
            found = _agreements(chosen, starts, degrees, records, others, bounds, counts, agreement)
            doubtful[chosen] = found < agreement
    firm = np.flatnonzero(~doubtful & (degrees > 1))
    owner, record = _expanded(starts[firm] + 1, degrees[firm] - 1, records)
    labels = components_numpy(len(held.bounds) - 1, records[starts[firm]][owner], record)
    sets = Firm(0)
    sets.parent = labels.tolist()
    sets.company = bytearray((np.bincount(labels, minlength=len(labels))[labels] > 1).astype(np.uint8).tobytes())
    return sets, np.flatnonzero(doubtful).tolist()


def perhaps_apart_numpy(
    held: Held, least: int, most: int, looked_at: int, agreement: float, people: Names
) -> list[int]:
    """Returns the values held by `least` to `most` records, without those of which `hubs._names_apart` surely says
    that names are not apart: of the names that are looked at, those of two plain words share enough of them, whatever
    the others say."""
    starts, records = view(held.starts), view(held.records)
    degrees = np.diff(starts)
    values = np.flatnonzero((degrees >= least) & (degrees <= most))
    step = np.maximum(1, degrees[values] // looked_at)
    looked = -(-degrees[values] // step)
    owner = np.repeat(np.arange(len(values)), looked)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(looked) - looked, looked)
    name = view(people.of)[records[starts[values][owner] + offset * step[owner]]]
    one, other = (np.append(view(words), -1)[name] for words in (people.ones, people.others))  # the last for no name
    plain = np.flatnonzero(one >= 0)
    owner, one, other = owner[plain], one[plain], other[plain]
    first = np.searchsorted(owner, np.arange(len(values)))[owner]
    alike = np.zeros(len(values))
    for word in (one[first], other[first]):
        holding = np.bincount(owner[(one == word) | (other == word)], minlength=len(values))
        alike += holding * (holding - 1)
    asked: list[int] = values[alike < agreement * looked * (looked - 1)].tolist()
    return asked


def _chunks(tested: Array, starts: Array, degrees: Array, records: Array, bounds: Array) -> Iterator[Array]:
    """Yields the identifiers in parts whose expansion fits in memory."""
    widths = np.zeros(len(records) + 1, np.int64)
    np.cumsum(np.diff(bounds)[records], out=widths[1:])
    sizes = np.cumsum(widths[starts[tested] + degrees[tested]] - widths[starts[tested]])
    edges = np.searchsorted(sizes, np.arange(_PAIRS, int(sizes[-1]) + _PAIRS, _PAIRS), side="right")
    at = 0
    for end in [*edges.tolist(), len(tested)]:
        end = max(end, at + 1) if at < len(tested) else at
        if end > at:
            yield tested[at:end]
            at = end


def _agreements(
    chosen: Array,
    starts: Array,
    degrees: Array,
    records: Array,
    others: Array,
    bounds: Array,
    counts: Array,
    enough: float,
) -> Array:
    """Returns for each chosen identifier the share of its record pairs that stand in one group, or one of `enough` and
    more that the true one is not below: most show it by one other identifier, without a look for groups. counts: by how
    many records each number is held."""
    owner, record = _expanded(starts[chosen], degrees[chosen], records)
    place, other = _expanded(bounds[record], bounds[record + 1] - bounds[record], others)
    kept = np.flatnonzero((counts.take(other) > 1) & (other != chosen.take(owner).take(place)))
    place, other = place.take(kept), other.take(kept)
    least = _shown_by_one(owner, place, other, degrees[chosen], counts)
    kept = np.flatnonzero((least < enough).take(owner).take(place))
    place, other = place.take(kept), other.take(kept)
    keys = owner[place] * len(counts) + other
    order = np.argsort(keys)
    keys, place = keys[order], place[order]
    same = keys[1:] == keys[:-1]
    labels = components_numpy(len(owner), place[:-1][same], place[1:][same])
    sizes = np.bincount(labels, minlength=len(owner))
    pairs = np.zeros(len(chosen), dtype=np.int64)
    np.add.at(pairs, owner, sizes * (sizes - 1))
    return np.maximum(least, pairs / (degrees[chosen] * (degrees[chosen] - 1)))


def _shown_by_one(owner: Array, place: Array, other: Array, degrees: Array, counts: Array) -> Array:
    """Returns for each owner the share of its record pairs that hold one number both: the most held one of its first
    record. owner: of each place; other: numbers that the places hold."""
    most = np.zeros(len(degrees), np.int64)
    heads = np.cumsum(degrees) - degrees
    first = np.flatnonzero(place == heads.take(owner).take(place))
    of, number = owner.take(place.take(first)), other.take(first)
    # Above the owner's own degree, to be held by more says nothing.
    np.maximum.at(most, of, np.minimum(counts[number], degrees[of]) << 40 | number)
    holding = np.zeros(len(owner), bool)
    holding[place[other == (most & (1 << 40) - 1).take(owner).take(place)]] = True
    together = np.bincount(owner[holding], minlength=len(degrees))
    return together * (together - 1) / (degrees * (degrees - 1))


def _expanded(starts: Array, lengths: Array, flat: Array) -> tuple[Array, Array]:
    """Returns (which part, item) of all items of the parts flat[start : start + length]."""
    part = np.repeat(np.arange(len(starts)), lengths)
    offset = np.arange(len(part)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return part, flat.take(starts.take(part) + offset)
