"""Every source's sample through the real runner; `python -m tests.connectors.source_samples` writes expected.json."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from minerva.intake.facts.authoring import gather
from minerva.intake.facts.source import Source, reading_of, source_from_document
from minerva.intake.facts.transport import FileFacts
from minerva.intake.file_source import FileSource
from minerva.intake.pace import Timing
from minerva.intake.rows import Chunk, ReadCounts, Transport
from minerva.intake.running.runner import Run
from minerva.intake.running.state import State
from minerva.intake.web.http_source import answer_rows
from minerva.records import Record

SOURCES = Path(__file__).resolve().parents[2] / "TA-gen-connectors" / "sources"
NOW = datetime(2026, 4, 1, tzinfo=UTC).timestamp()
FIXED = Timing(now=lambda: NOW, monotonic=lambda: 0.0, sleep=lambda _: None, uniform=lambda low, _: low)


class OnePage:
    """A recorded reply as a transport."""

    def __init__(self, source: Source, body: bytes) -> None:
        self._source, self._body, self.met = source, body, ReadCounts()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        assert self._source.http is not None
        _, rows = answer_rows(self._source.http, self._body, "first page", self._source.mapping.key)
        yield Chunk(rows, {"token": None})

    def close(self) -> None:
        pass


def folders() -> list[Path]:
    """Of the sources that somebody reads: abstract ones have no sample."""
    return sorted(SOURCES / document["family"] / name for name, document in documents().items())


@cache
def documents() -> dict[str, Any]:
    """The yml files of the repository, read once in a process."""
    return gather(SOURCES)


@cache
def all_sources() -> dict[str, Source]:
    return {name: source_from_document(document) for name, document in documents().items()}


def run_sample(folder: Path, source: Source, scratch: Path) -> dict[str, Any]:
    """Records, refusals, leftovers and duplicates of a sample, as expected.json holds them.

    What the map makes of a row is said too of a source that nobody has allowed to run yet.
    """
    source = replace(source, legal=replace(source.legal, terms_allow=True))
    sample = next(path for path in folder.iterdir() if path.stem == "sample")
    transport: Transport
    # A mailbox holds what a folder of messages does.
    files = FileFacts("*.eml", "whole", reading_of(source)) if source.imap is not None else source.file
    if files is None:
        transport = OnePage(source, sample.read_bytes())
    else:
        (scratch / "in").mkdir()
        copy = scratch / "in" / files.pattern.replace("*", "sample")
        shutil.copyfile(sample, copy)
        transport = FileSource(files, copy.parent, needed=source.mapping.key)
    records: list[Record] = []
    state = State(scratch / "state.sqlite")
    run = Run(source, "northfield", transport, state, records.extend, lambda *_, **__: None, timing=FIXED)
    report = run.go()
    refused = [f"{place}: {code}" for place, code in state.refused()]
    state.close()
    return {
        "records": [json.loads(record.to_json()) for record in records],
        "refused": refused,
        "unknown_columns": dict(sorted(report.leftovers.items())),
        "duplicates": report.duplicates,
    }


def refresh() -> None:
    """Write every expected.json anew; the diff is to be read before it is kept."""
    sources = all_sources()
    for folder in folders():
        with tempfile.TemporaryDirectory() as scratch:
            found = run_sample(folder, sources[folder.name], Path(scratch))
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        (folder / "expected.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    refresh()
