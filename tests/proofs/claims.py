"""What stands for a proof's `run` in tests of the runner: module-level, so that another process can import it."""

from __future__ import annotations

import os
import random
import uuid

from proofs.model import Outcome


def holds(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a claim that holds."""
    return Outcome(size)


def every_seventh_fails(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a claim that is wrong for one case in seven."""
    numbers = range(batch * 10, batch * 10 + size)
    return Outcome(size, [f"{seed}/{number}" for number in numbers if number % 7 == 0])


def tries_too_little(seed: int, batch: int, size: int) -> Outcome:
    """Leaves one case out."""
    return Outcome(size - 1)


def raises(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a fault in the proof itself."""
    raise RuntimeError("the proof is at fault")


def crashes(seed: int, batch: int, size: int) -> Outcome:
    """Stands for a library that ends the process."""
    os._exit(3)


def tells_chance(seed: int, batch: int, size: int) -> Outcome:
    """Fails with whatever in its process could differ from one run to the next."""
    return Outcome(size, [f"{uuid.uuid4()} {uuid.uuid4()} {random.random()} {hash('a text')}"])
