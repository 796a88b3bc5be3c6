"""What a proof is. Every proof imports this file, so that a change of it makes all results out of date."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Case = TypeVar("Case")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """What one batch did: how many units were tried, and a line for each that failed, enough to run it again."""

    count: int
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proof:
    """One claim about many cases.

    `run(seed, batch, size)` tries `size` cases and depends on nothing but its arguments and the code. A result is bound
    to the import closure of the module that `run` is in. `reads` are files and folders which that closure cannot know:
    data outside of packages.
    """

    name: str
    claim: str
    unit: str
    target: int
    batch: int
    slice: int
    run: Callable[[int, int, int], Outcome]
    reads: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The dotted name of the proof's module."""
        return self.run.__module__


def drawn(known: Sequence[Case], seed: int, batch: int, size: int, batch_size: int) -> Sequence[Case]:
    """Returns a batch of the known cases; a full run goes through all, the batch beyond draws some by the seed."""
    first = batch * batch_size
    return known[first : first + size] if first < len(known) else random.Random(f"{seed}").sample(known, size)
