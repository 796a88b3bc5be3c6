"""The blocks of `templates` where numpy is at hand: equal keys come together by sorting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minerva.linking.model import Options
from minerva.linking.texts.sketches import BAND, BANDS, CROWDED_BANDS


def blocks_numpy(
    sketches: Sequence[str], owners: Sequence[int], positions: Sequence[int], options: Options
) -> tuple[list[list[int]], list[list[int]]]:
    """Returns what `templates.blocks_plainly` returns for no keys told, blocks in another order."""
    signs = np.frombuffer("".join(sketches).encode(), np.uint8).reshape(len(sketches), -1)
    owner, where = np.array(owners, np.int64), np.array(positions, np.int64)
    holders, blocks = [], []
    crowds = np.zeros(len(sketches), np.int64)
    kept = []
    for band in range(BANDS):
        keys = np.zeros(len(sketches), np.int64)
        for column in range(BAND * band, BAND * band + BAND):
            keys = keys << 8 | signs[:, column]
        order = np.lexsort((owner, keys))
        sorted_keys, sorted_owners = keys[order], owner[order]
        first = np.ones(len(order), bool)
        first[1:] = sorted_keys[1:] != sorted_keys[:-1]
        starts = np.flatnonzero(first)
        sizes = np.diff(np.append(starts, len(order)))
        new = first.copy()
        new[1:] |= sorted_owners[1:] != sorted_owners[:-1]
        counts = np.add.reduceat(new, starts, dtype=np.int64)
        fit = (sizes <= options.block_size) & (counts < options.text_crowd)
        column_of = np.empty(len(order), np.int64)
        column_of[order] = np.repeat(np.where(fit, counts, 0), sizes)
        holders.append(column_of.tolist())
        crowds += column_of == 0
        kept.append((order, starts[fit & (sizes > 1)].tolist(), sizes[fit & (sizes > 1)].tolist()))
    alone = crowds >= CROWDED_BANDS
    for order, starts_of, sizes_of in kept:
        for start, size in zip(starts_of, sizes_of):
            found = order[start : start + size]
            block = np.sort(where[found[~alone[found]]]).tolist()
            if len(block) > 1:
                blocks.append(block)
    return holders, blocks
