"""Rows: what a transport hands to the runner, whatever it reads from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

LISTED, ADDED, CHANGED, REMOVED = "listed", "added", "changed", "removed"


@dataclass(frozen=True)
class Change:
    """What an edition says of a row against the one before: `kind` is one of the four words above.

    `key` and `content` are hashes (`content` None: gone); `revision` counts what was told of the key, from 1. A removal
    whose `natural_key` is empty is told to nobody.
    """

    kind: str
    key: bytes
    content: bytes | None
    revision: int
    natural_key: str

    @property
    def attributes(self) -> dict[str, str]:
        """What a record says of it. Without the revision, a state that comes back would be taken for a known record."""
        return {"change": self.kind, **({"revision": str(self.revision)} if self.revision > 1 else {})}


@dataclass(frozen=True)
class Row:
    """One row and its place (`ads.csv:12`, `page 3 item 7`); `fault` says why `columns` is None."""

    place: str
    columns: Mapping[str, Any] | None
    fault: str = ""
    change: Change | None = None


@dataclass(frozen=True)
class Chunk:
    """Rows that belong together, and the position that holds once all of them are emitted.

    `rows` is read once. A chunk that could not be read has a fault (a short code) and the place of it.
    """

    rows: Iterable[Row]
    after: dict[str, Any]
    place: str = ""
    fault: str = ""


@dataclass
class ReadCounts:
    """What a transport met on its way, for the report: files, pages, retries, undecodable characters, rotations.

    `notices` are warnings for the log: a code and its words.
    """

    counts: Counter[str] = field(default_factory=Counter)
    notices: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def add(self, name: str, number: int = 1) -> None:
        """Count something."""
        if number:
            self.counts[name] += number


class Transport(Protocol):
    """Reads a source from a position on."""

    met: ReadCounts

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Chunks in order. Raises IntakeError when nothing more can be read in this run."""

    def close(self) -> None:
        """Let go of files and connections."""
