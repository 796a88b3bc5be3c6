"""One run of a file source that is killed at the n-th named step, in a child process.

Emitted record ids are appended to `index.txt` with fsync: what is there has reached the index.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assembly.paths import ADDON, ROOT
from minerva.intake.facts.authoring import read_source
from minerva.intake.facts.source import DEMO, Source, source_from_document
from minerva.intake.file_source import FileSource
from minerva.intake.pace import Timing
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from tests.connectors.kills.killed import Killed
from tests.connectors.kills.license_files import line, write

FACTS = ROOT / ADDON / "sources" / DEMO / "massage_licenses" / "massage_licenses.yml"
RECORDS = 18
STATEMENT = "statement"
"""The step before any one statement of the checkpoint."""


@cache
def _source() -> Source:
    document, _ = read_source(FACTS)
    return source_from_document({**document, "family": DEMO})


def prepare(home: Path) -> Path:
    """A folder with two files, half of the records in each."""
    folder = home / "in"
    write(folder / "a.csv", *(line(number) for number in range(RECORDS // 2)))
    write(folder / "b.csv", *(line(number) for number in range(RECORDS // 2, RECORDS)))
    return folder


def main(folder: Path, scratch: Path, step: str, count: int, asks: bool) -> None:
    """Runs the source of a folder; `step` "none" ends no run, `asks` says whether the index can be asked."""
    killed = Killed(scratch / "index.txt", step, count, lambda record: record.record_id)
    source = _source()
    state = State(scratch / "state.sqlite")
    if step == STATEMENT:
        state._db.set_trace_callback(lambda _: killed.at(STATEMENT))
    assert source.file is not None
    transport = FileSource(source.file, folder, needed=source.mapping.key)
    run = Run(
        source, "northfield", transport, state, killed.emit, lambda *_, **__: None,
        timing=Timing(sleep=lambda _: None), step=killed.at, batch_records=4,
    )  # fmt: skip
    if asks:
        run.confirm = killed.confirm
    run.go()
    state.close()
