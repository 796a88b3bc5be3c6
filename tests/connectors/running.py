"""A small source and a run of it, for tests of the runner."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from minerva.intake.facts.source import Source, source_from_document
from minerva.intake.inputs import Network, Surroundings, run_file, run_http
from minerva.intake.logs import format_line
from minerva.intake.running.runner import Report, no_confirm
from minerva.intake.web.account import Account
from minerva.records import Record
from tests.connectors.loopback import Site, Slept
from tests.connectors.source_samples import documents

DOCUMENTS = documents()


def changed(source_id: str, **changes: Any) -> Source:
    """A shipped source with some facts replaced: `http__rate={...}` reaches into a block."""
    document = copy.deepcopy(DOCUMENTS[source_id])
    for name, value in changes.items():
        at = document
        *blocks, last = name.split("__")
        for block in blocks:
            at = at[block]
        at[last] = value
    return source_from_document(document)


class World:
    """Where runs of one input write: `index` holds what was emitted and kept, `lines` the log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index: list[Record] = []
        self.lines: list[tuple[str, str, dict[str, object]]] = []
        self.slept = Slept()
        self.confirm: Any = no_confirm
        self.vault: Any = None
        self.keeps_vault = True
        self.writes_into = "t_northfield"

    def ids(self) -> list[str]:
        return [record.record_id for record in self.index]

    def codes(self) -> list[str]:
        return [code for _, code, _ in self.lines]

    def present(self, record_ids: Any) -> set[str]:
        return set(record_ids) & set(self.ids())

    def log(self, level: str, code: str, **words: object) -> None:
        assert format_line(code, **words)  # raises on a word that may not be logged
        self.lines.append((level, code, words))

    def surroundings(self) -> Surroundings:
        return Surroundings(
            checkpoints=self.folder,
            emit=self.index.extend,
            confirm=self.confirm,
            log=self.log,
            timing=self.slept.timing(),
            vault=self.vault,
            keeps_vault=self.keeps_vault,
            index=self.writes_into,
        )

    def fetch(self, site: Site, source: Source, key: str = "", also: str = "", user: str = "") -> Report:
        """`also`: a host:port that the administrator allows besides the site's."""
        network = Network(allowed=f"127.0.0.1:{site.port} {also}")
        return run_http(
            source,
            "minerva_http://t",
            "northfield",
            base_url=site.url,
            account=Account(user, key),
            network=network,
            world=self.surroundings(),
        )

    def read(self, source: Source, path: Path, mode: str = "auto") -> Report:
        return run_file(source, "minerva_file://t", "northfield", path=str(path), mode=mode, world=self.surroundings())
