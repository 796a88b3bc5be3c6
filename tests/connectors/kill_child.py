"""One run of a file source in a process of its own, killed at the n-th named step.

Arguments: folder of files, scratch folder, step name (or "none"), how often it must be passed before the kill.
Emitted record ids are appended to `index.txt` with fsync: what is there has reached the index.
"""

from __future__ import annotations

import sys
from pathlib import Path

from minerva.intake.file_source import FileSource
from minerva.intake.pace import Timing
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from tests.connectors.killed import Killed
from tests.connectors.running import changed


def main(folder: Path, scratch: Path, step: str, count: int, asks: bool) -> None:
    killed = Killed(scratch / "index.txt", step, count, lambda record: record.record_id)
    source = changed("massage_licenses")
    state = State(scratch / "state.sqlite")
    assert source.file is not None
    transport = FileSource(source.file, folder, needed=source.mapping.key)
    run = Run(
        source, "northfield", transport, state, killed.emit, lambda *_, **__: None,
        timing=Timing(sleep=lambda _: None), step=killed.at, batch_records=4,
    )  # fmt: skip
    if asks:
        run.confirm = killed.confirm
    run.go()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5] == "asks")
