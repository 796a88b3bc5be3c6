"""What the children that are killed have in common: the end at a named step, and an index that outlives them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from minerva.records import Record


@dataclass
class Killed:
    """Ends the process when `step` is passed for the `count`-th time; `line` is what of a record reaches the index.

    A line begins with the record's id, and what stands after it follows a bar.
    """

    index: Path
    step: str
    count: int
    line: Callable[[Record], str]
    passed: int = 0

    def at(self, name: str) -> None:
        """Hears of each step."""
        self.passed += name == self.step
        if name == self.step and self.passed == self.count:
            os.kill(os.getpid(), signal.SIGKILL)

    def emit(self, records: Sequence[Record]) -> None:
        """Appends a batch with fsync: what is there has reached the index. In its midst is a step of its own."""
        with self.index.open("a") as out:
            for number, record in enumerate(records):
                out.write(self.line(record) + "\n")
                if number == 1:
                    out.flush()
                    self.at("inside emit")
            out.flush()
            os.fsync(out.fileno())

    def confirm(self, record_ids: Sequence[str]) -> set[str]:
        """Those of the ids that the index holds."""
        lines = self.index.read_text().splitlines() if self.index.exists() else []
        return {line.partition("|")[0] for line in lines}.intersection(record_ids)
