"""Pairs of records within blocks: each once, and none whose records stand in one group already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def pairs_within(blocks: Iterable[Sequence[int]], groups: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """Yields (a, b) of each pair of positions, a before b in their block. groups: position -> group, () = each alone.

    Memory grows with the pairs yielded, not with those left out; blocks hold each position once, ascending.
    """
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
