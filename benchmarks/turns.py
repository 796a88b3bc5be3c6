"""Contenders by turns: each reads the same few texts before any reads the next, so that what else a machine does falls
on all of them. Runs under Python 3.9 as well."""

from __future__ import annotations

import statistics
import time
from typing import Callable, Sequence, TypeVar  # noqa: UP035 -- runs under 3.9

Case = TypeVar("Case")
Answer = TypeVar("Answer")
PART = 250
"""Cases that are read in one turn at most: some ten milliseconds of the field's libraries."""


def by_turns(
    cases: Sequence[Case], readers: dict[str, Callable[[Sequence[Case]], list[Answer]]], turns: int, part: int = PART
) -> tuple[dict[str, list[Answer]], dict[str, float]]:
    """Returns the answers of each reader to all cases, and the CPU-seconds that it takes for them: of the `turns` on
    each part of the cases the median."""
    answers: dict[str, list[Answer]] = {name: [] for name in readers}
    spent = dict.fromkeys(readers, 0.0)
    for first in range(0, len(cases), part):
        own = cases[first : first + part]
        taken: dict[str, list[float]] = {name: [] for name in readers}
        for turn in range(turns):
            for name, reader in readers.items():
                begin = time.process_time()
                given = reader(own)
                taken[name].append(max(time.process_time() - begin, 1e-9))
                if not turn:
                    answers[name] += given
        for name, times in taken.items():
            spent[name] += statistics.median(times)
    return answers, spent
