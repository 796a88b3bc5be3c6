"""`candidates` where numpy is at hand: blocks by sorting, pairs of many blocks at once, the same pairs."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from minerva.linking.held_numpy import distinct, view
from minerva.linking.people.candidates import ALIKE, COMPARED, CROWDED, FEW, MOST, People
from minerva.linking.people.people_names import AFTER, BEFORE, NONE_TOLD, SPREAD, Names, Told

Array = Any
_ALIKE = np.array(ALIKE, np.uint8)
_PAIRS = 1_000_000
"""Pairs in memory at once."""


def candidate_people_numpy(
    names: Names, people: People, told: Told = NONE_TOLD, decided: Sequence[int] = ()
) -> list[tuple[int, int]]:
    """See `candidates.candidate_people`; ascending."""
    group = np.asarray(people.group)
    nodes, standing = _nodes(names, people, group)
    sounds = _Rows(names.sounds)
    within = _Pairs(nodes, names, people, group, decided, _Table(names, sounds))
    name, city = view(names.of)[nodes], view(names.city)[nodes]
    row, number = sounds.of(name)
    cities = max(1, names.cities)
    blocks = _Blocks(number * cities + city[row], row)
    span = len(names.texts) + 1
    written = distinct((number * cities + city[row]) * span + view(names.written)[name][row]) // span
    large = (_lengths(written) > FEW) | (blocks.counts(standing) >= CROWDED)
    if told.blocks:
        large |= np.isin(blocks.keys, [number * cities + place for number, place in told.blocks])
    found = [within(blocks, ~large)]
    if large.any():
        block, place = blocks.part(np.flatnonzero(large))
        member, own = blocks.members[place], blocks.keys[block] // cities
        row, other = sounds.of(name[member])
        kept = other != own[row]
        row = row[kept]
        block, member, other = block.take(row), member.take(row), other[kept]
        found += _divided(blocks.keys, block, member, other, _Rows(names.parts), standing, cities, told, within)
    keys = distinct(np.concatenate(found))
    return list(zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist()))


def _nodes(names: Names, people: People, group: Array) -> tuple[Array, Array]:
    """Returns the first record of each group, name, city and kinds of contact, of `own` records every one; and for how
    many records each stands."""
    named = np.flatnonzero(view(names.of) >= 0)
    own = np.frombuffer(bytes(people.own), np.uint8)[named] > 0
    # Two columns to sort by, not five: the sort is what costs. Records of one key stay in order, as it is stable.
    key = view(names.of)[named] * max(1, names.cities) + view(names.city)[named]
    key = (key << 8 | np.asarray(people.kinds)[named]) << 1 | own
    group = group[named]
    order = np.lexsort([key, group])
    key, group = key.take(order), group.take(order)
    new = np.ones(len(order), bool)
    new[1:] = (key[1:] != key[:-1]) | (group[1:] != group[:-1]) | (key[1:] & 1 > 0)
    nodes = named[order[new]]
    standing = np.diff(np.append(np.flatnonzero(new), len(order)))
    ascending = np.argsort(nodes)
    return nodes[ascending], standing[ascending]


def _lengths(numbers: Array) -> Array:
    """Returns how often each number comes, of numbers that ascend."""
    edges = np.flatnonzero(np.concatenate([np.ones(1, bool), numbers[1:] != numbers[:-1], np.ones(1, bool)]))
    return np.diff(edges) if len(numbers) else np.empty(0, np.int64)


class _Rows:
    """Rows of numbers of unequal length."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        self._starts = np.cumsum(lengths) - lengths
        self.lengths = lengths
        self.flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))

    def of(self, chosen: Array) -> tuple[Array, Array]:
        """Returns (place in `chosen`, number) of all numbers of the chosen rows."""
        lengths = self.lengths[chosen]
        place = np.repeat(np.arange(len(chosen)), lengths)
        offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return place, self.flat.take(self._starts.take(chosen).take(place) + offset)


class _Blocks:
    """Members by key: members[starts[n] : starts[n] + sizes[n]] share keys[n]; members ascend within each block."""

    def __init__(self, keys: Array, members: Array) -> None:
        order = np.argsort(keys, kind="stable")
        keys, self.members = keys.take(order), members.take(order)
        edges = np.flatnonzero(np.concatenate([np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]]))
        self.starts = edges
        self.sizes = np.diff(np.concatenate([edges, [len(keys)]]))
        self.keys = keys[edges]

    def part(self, chosen: Array) -> tuple[Array, Array]:
        """Returns (block, place among members) of all members of the chosen blocks."""
        sizes = self.sizes[chosen]
        block = np.repeat(chosen, sizes)
        offset = np.arange(len(block)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return block, self.starts[block] + offset

    def counts(self, standing: Array) -> Array:
        """Returns for each block how many records its members stand for."""
        return np.add.reduceat(standing.take(self.members), self.starts) if len(self.starts) else self.sizes


def _divided(
    keys: Array,
    block: Array,
    member: Array,
    other: Array,
    parts: _Rows,
    standing: Array,
    cities: int,
    told: Told,
    within: _Pairs,
) -> Iterator[Array]:
    """Yields the pairs of large blocks: members that share a part of another word, or a whole one where those crowd.

    keys: sound times cities and city of each block; block, member, other: each other sound of each member.
    """
    row, part = parts.of(other)
    wide = int(part.max(initial=0)) + 1
    span = len(standing)
    # A member has a part once, however many of its words give it.
    unique = distinct((block[row] * wide + part) * span + member[row])
    shared = _Blocks(unique // span, unique % span)
    crowded = shared.counts(standing) >= CROWDED
    if told.parts:
        full = [(number * cities + city) * wide + each for number, city, each in told.parts if each < wide]
        crowded |= np.isin(keys[shared.keys // wide] * wide + shared.keys % wide, full)
    yield within(shared, ~crowded)
    if crowded.any():
        apart = ~np.isin(block[row] * wide + part, shared.keys[crowded])
        free = np.zeros(len(other), bool)
        free[row[apart]] = True  # compared already, by a part that is not crowded
        block, member, other = block[~free], member[~free], other[~free]
        sounds = int(other.max(initial=0)) + 1
        wholes = _Blocks(block * sounds + other, member)
        some = wholes.counts(standing) <= MOST
        if told.wholes:
            one, another = keys[wholes.keys // sounds] // cities, wholes.keys % sounds
            place = keys[wholes.keys // sounds] % cities
            pairs = zip(np.minimum(one, another).tolist(), np.maximum(one, another).tolist(), place.tolist())
            some &= np.fromiter((pair not in told.wholes for pair in pairs), bool, len(some))
        yield within(wholes, some)


class _Pairs:
    """Finds the pairs within blocks that are worth comparing, as numbers: the smaller position in the high half."""

    def __init__(
        self, nodes: Array, names: Names, people: People, group: Array, decided: Sequence[int], table: _Table
    ) -> None:
        self._nodes, self._names, self._people, self._table = nodes, names, people, table
        self._group, self._kinds = group, np.asarray(people.kinds)
        self._own = np.frombuffer(bytes(people.own), np.uint8)
        self._decided = np.frombuffer(bytes(decided), np.uint8) if decided else None

    def __call__(self, blocks: _Blocks, chosen: Array) -> Array:
        """Returns the pairs of the chosen blocks."""
        # Read in the order of blocks once: pairs then ask for neighbors in memory.
        members = self._nodes.take(blocks.members)
        group = self._group.take(members)
        chosen = chosen & (blocks.sizes > 1)
        starts, sizes = blocks.starts[chosen], blocks.sizes[chosen]
        block = np.repeat(np.arange(len(starts)), sizes)
        place = starts[block] + np.arange(len(block)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        after = starts[block] + sizes[block] - place - 1  # members that come after it in its block
        ends = np.cumsum(after)
        found = [np.empty(0, np.int64)]
        at = 0
        while at < len(place):
            base = int(ends[at - 1]) if at else 0
            end = max(at + 1, int(np.searchsorted(ends, base + _PAIRS, side="right")))
            count = after[at:end]
            first = np.repeat(place[at:end], count)
            second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
            apart = np.flatnonzero(group.take(first) != group.take(second))
            a, b = members.take(first.take(apart)), members.take(second.take(apart))
            if self._decided is not None:
                asked = (self._decided[a] | self._decided[b]) > 0
                a, b = a[asked], b[asked]
            kept = _may_join(a, b, self._names, self._people, self._kinds, self._own, self._table)
            found.append(distinct(a[kept] << 32 | b[kept]))
            at = end
        return np.concatenate(found)


def _may_join(a: Array, b: Array, names: Names, people: People, kinds: Array, own: Array, table: _Table) -> Array:
    """See `candidates._may_join`."""
    one, other = view(names.of).take(a), view(names.of).take(b)
    plain, spread = view(names.plain), np.asarray(people.spread)
    both = kinds.take(a) & kinds.take(b)
    equal = plain.take(one) == plain.take(other)
    kept = np.where(equal, np.asarray(people.equal)[both] >= spread[plain[one]], np.asarray(people.other)[both] >= 0)
    look = np.flatnonzero(kept & ~equal)
    kept[look] = _alike(table.rows.take(one.take(look), axis=0), table.rows.take(other.take(look), axis=0), table)
    return kept | ((own[a] > 0) & (own[b] > 0))


class _Table:
    """rows: the sounds of each name, -1 where it has fewer; long: names of more than COMPARED; signs, forms of each
    sound, and of -1 none."""

    def __init__(self, names: Names, sounds: _Rows) -> None:
        lengths, flat = sounds.lengths, sounds.flat
        self.rows = np.full((len(lengths), COMPARED), -1, np.int32)
        name = np.repeat(np.arange(len(lengths)), lengths)
        place = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        kept = place < COMPARED
        self.rows[name[kept], place[kept]] = flat[kept]
        self.rows[lengths > COMPARED, 0] = -2
        self.signs, self.forms = (np.append(np.frombuffer(each, np.uint64), np.zeros(2, np.uint64))
                                  for each in (names.signs, names.forms))  # fmt: skip


def _alike(one: Array, other: Array, table: _Table) -> Array:
    """See `candidates._alike`."""
    long = (one[:, 0] == -2) | (other[:, 0] == -2)
    left = [np.where((other == one[:, [place]]).any(axis=1), -1, one[:, place]) for place in range(COMPARED)]
    right = [np.where((one == other[:, [place]]).any(axis=1), -1, other[:, place]) for place in range(COMPARED)]
    empty = np.all([each < 0 for each in left], axis=0) | np.all([each < 0 for each in right], axis=0)
    signs, other_signs, forms, other_forms = (
        np.bitwise_or.reduce([bits[each] for each in columns])
        for bits in (table.signs, table.forms)
        for columns in (left, right)
    )
    near = _lacks_little(signs, other_signs) | _lacks_little(other_signs, signs)
    return long | empty | ((forms & other_forms) != 0) | near


def _lacks_little(signs: Array, others: Array) -> Array:
    """See `candidates._lacks_little`."""
    return np.bitwise_count(signs & ~others) <= _ALIKE[np.minimum(np.bitwise_count(signs), len(ALIKE) - 1)]


def neighbors_numpy(sounds: Sequence[str]) -> array[int]:
    """Returns `people_names.neighbors` of each sound: signs from `a` to `z` and digits."""
    codes = np.frombuffer("".join([f"\x02{each}\x03" for each in sounds]).encode("ascii"), np.uint8).astype(np.uint64)
    bits = (codes[:-1] * np.uint64(BEFORE) + codes[1:] * np.uint64(AFTER)) >> np.uint64(SPREAD)
    bits = np.uint64(1) << (bits % np.uint64(64))
    bits[codes[1:] == 2] = 0  # from one sound to the next
    made = array("Q")
    made.frombytes(np.bitwise_or.reduceat(bits, np.flatnonzero(codes == 2)).tobytes() if sounds else b"")
    return made


def spread_numpy(names: Names) -> Array:
    """See `candidates.spread_of`."""
    named = view(names.of) >= 0
    plain = view(names.plain)[view(names.of)[named]]
    seen = distinct(plain * max(1, names.cities) + view(names.city)[named])
    return np.bincount(seen // max(1, names.cities), minlength=int(view(names.plain).max(initial=-1)) + 1)


def name_company_numpy(names: Names) -> Array:
    """See `candidates.name_company`; the numbers are others, and as many."""
    found = np.full(len(names.of), -1, np.int64)
    named = np.flatnonzero(view(names.of) >= 0)
    plain = view(names.plain)[view(names.of)[named]]
    _, place, counts = np.unique(
        plain * max(1, names.cities) + view(names.city)[named], return_inverse=True, return_counts=True
    )
    numbers = np.cumsum(counts > 1) - 1
    many = counts[place] > 1
    found[named[many]] = numbers[place[many]]
    return found
