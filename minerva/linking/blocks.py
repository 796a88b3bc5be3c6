"""Pairs of records within blocks: each once, and none whose records stand in one group already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def pairs_within(
    blocks: Iterable[Sequence[int]], groups: Sequence[int] = (), decided: Sequence[int] = ()
) -> Iterator[tuple[int, int]]:
    """Yields (a, b) of each pair of positions, a before b in their block. groups: position -> group, () = each alone;
    decided: 1 for the positions of which a pair holds one at least, () = all.

    Memory grows with the pairs yielded, not with those left out; blocks hold each position once, ascending.
    """
    if decided:
        yield from _pairs_with(blocks, groups, decided)
        return
    seen: set[int] = set()
    for members in blocks:
        for place, a in enumerate(members):
            group = groups[a] if groups else -1
            for b in members[place + 1 :]:
                if groups and groups[b] == group:
                    continue
                key = a << 32 | b
                if key not in seen:
                    seen.add(key)
                    yield a, b


def _pairs_with(
    blocks: Iterable[Sequence[int]], groups: Sequence[int], decided: Sequence[int]
) -> Iterator[tuple[int, int]]:
    seen: set[int] = set()
    for members in blocks:
        for a in members:
            if not decided[a]:
                continue
            group = groups[a] if groups else -1
            for b in members:
                if b == a or (groups and groups[b] == group):
                    continue
                key = a << 32 | b if a < b else b << 32 | a
                if key not in seen:
                    seen.add(key)
                    yield key >> 32, key & 0xFFFFFFFF
