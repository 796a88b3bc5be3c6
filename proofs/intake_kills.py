"""An input that is killed anywhere loses no record and, where the index can be asked, stores none twice.

A run reads two files in batches of four, and is killed at a named step of a batch or before any one statement of its
checkpoint; what had reached the index by then is kept. Then it runs again, as splunkd would have it.
"""

from __future__ import annotations

import random
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

from proofs.model import Outcome, Proof
from tests.connectors.kills import kill_child
from tests.connectors.kills.forked import forked
from tests.connectors.kills.kill_child import RECORDS, prepare

BATCH = 4
MEMORY = Path("/dev/shm")
"""A kill ends a process, not the machine: nothing has to wait for a disk."""
STEPS = ("before intent", "after intent", "inside emit", "after emit", "after position")
STATEMENTS = {True: 110, False: 76}
"""Statements of a whole run's checkpoint, by whether the index can be asked."""


@dataclass(frozen=True)
class Point:
    """Where a run is killed: at a step, for the `count`-th time. `asks`: whether the index can be asked."""

    step: str
    count: int
    asks: bool


def killed_at(point: Point) -> str:
    """What is wrong after a run that was killed there has run again; "" where nothing is."""
    with tempfile.TemporaryDirectory(prefix="kills-", dir=MEMORY if MEMORY.is_dir() else None) as scratch:
        home = Path(scratch)
        folder = prepare(home)
        if forked(lambda: kill_child.main(folder, home, point.step, point.count, point.asks)) != -signal.SIGKILL:
            return f"{point}: the run was not killed there"
        for _ in range(2 if point.asks else 1):
            kill_child.main(folder, home, "none", 0, point.asks)
        index = (home / "index.txt").read_text(encoding="utf-8").split()
        twice = 0 if point.asks else BATCH  # at most the one batch that nobody knows about
        if len(set(index)) != RECORDS or len(index) > RECORDS + twice:
            return f"{point}: {len(set(index))} of {RECORDS} records in {len(index)} events"
        return ""


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` kills, half at steps and half before statements, each at a place drawn by chance."""
    chance = random.Random(f"{seed}:{batch}")
    failures: list[str] = []
    for _ in range(size):
        asks = chance.random() < 0.5
        if chance.random() < 0.3:
            point = Point(chance.choice(STEPS), chance.randint(1, RECORDS // BATCH), asks)
        else:
            point = Point(kill_child.STATEMENT, chance.randint(1, STATEMENTS[asks]), asks)
        problem = killed_at(point)
        failures += [problem] if problem else []
    return Outcome(size, failures)


PROOF = Proof(
    name="intake_kills",
    claim="an input that is killed anywhere loses no record, and stores none twice where the index can be asked",
    unit="kills",
    target=10_000,
    batch=200,
    slice=40,
    run=run,
    reads=("TA-gen-connectors/sources/demo",),
)
