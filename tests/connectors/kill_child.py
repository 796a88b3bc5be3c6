"""One run of a file source in a process of its own, killed at the n-th named step.

Arguments: folder of files, scratch folder, step name (or "none"), how often it must be passed before the kill.
Emitted record ids are appended to `index.txt` with fsync: what is there has reached the index.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from minerva.intake.file_source import FileSource
from minerva.intake.pace import Timing
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from minerva.records import Record
from tests.connectors.running import changed


def main(folder: Path, scratch: Path, step: str, count: int, asks: bool) -> None:
    index = scratch / "index.txt"
    passed = 0

    def at(name: str) -> None:
        nonlocal passed
        passed += name == step
        if name == step and passed == count:
            os.kill(os.getpid(), signal.SIGKILL)

    def emit(records: Sequence[Record]) -> None:
        with index.open("a") as out:
            for number, record in enumerate(records):
                out.write(record.record_id + "\n")
                if number == 1:
                    out.flush()
                    at("inside emit")
            out.flush()
            os.fsync(out.fileno())

    def confirm(record_ids: Sequence[str]) -> set[str]:
        held = set(index.read_text().split()) if index.exists() else set()
        return held.intersection(record_ids)

    source = changed("massage_licenses")
    state = State(scratch / "state.sqlite")
    assert source.file is not None
    transport = FileSource(source.file, folder, needed=source.mapping.key)
    run = Run(
        source, "northfield", transport, state, emit, lambda *_, **__: None,
        timing=Timing(sleep=lambda _: None), step=at, batch_records=4,
    )  # fmt: skip
    if asks:
        run.confirm = confirm
    run.go()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5] == "asks")
