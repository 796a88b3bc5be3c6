"""Rows: what a transport hands to the runner, whatever it reads from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Row:
    """One row and its place (`ads.csv:12`, `page 3 item 7`); `fault` says why `columns` is None."""

    place: str
    columns: Mapping[str, Any] | None
    fault: str = ""


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
    """What a transport met on its way, for the report: files, pages, retries, undecodable characters, rotations."""

    counts: Counter[str] = field(default_factory=Counter)

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
