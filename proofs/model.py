"""What a proof is. Every proof imports this file, so that a change of it makes all results out of date."""

from __future__ import annotations

import importlib.util
import random
import uuid
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
    data outside of packages. `needs` are modules of libraries that not every machine has a wheel for.
    """

    name: str
    claim: str
    unit: str
    target: int
    batch: int
    slice: int
    run: Callable[[int, int, int], Outcome]
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The dotted name of the proof's module."""
        return self.run.__module__

    @property
    def missing(self) -> str:
        """The first of `needs` that is not installed here, or nothing."""
        return next((name for name in self.needs if importlib.util.find_spec(name) is None), "")


def attempt(run: Callable[[int, int, int], Outcome], seed: int, batch: int, size: int) -> Outcome:
    """Runs a batch in a process of its own, in which also what code draws beside the proof's chance is by the seed."""
    chance = random.Random(f"{seed}:{batch}")
    random.seed(chance.random())
    uuid.uuid4 = lambda: uuid.UUID(bytes=chance.randbytes(16), version=4)
    return run(seed, batch, size)


def drawn(known: Sequence[Case], seed: int, batch: int, size: int, batch_size: int) -> Sequence[Case]:
    """Returns a batch of the known cases; a full run goes through all, the batch beyond draws some by the seed."""
    first = batch * batch_size
    return known[first : first + size] if first < len(known) else random.Random(f"{seed}").sample(known, size)
