"""The shapes that cross the storage room's edge when events come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class StorageError(Exception):
    """The store cannot do what was asked; the message names the object and the reason."""


@dataclass(frozen=True)
class RawEvent:
    """One event as an input hands it over.

    time: epoch seconds as the input said, or None (then the text or the clock decides). With unbroken=False the
    text is a piece of a stream that LINE_BREAKER cuts into events. fields: indexed fields given by the sender (HEC).
    """

    raw: str
    index: str = "main"
    host: str = "understudy"
    source: str = ""
    sourcetype: str = ""
    time: float | None = None
    fields: Mapping[str, str | list[str]] = field(default_factory=dict)
    unbroken: bool = True


@dataclass
class IngestResult:
    """What became of a batch. written: on disk when this is returned; dropped: sent to the null queue by a transform.

    refused: index name -> events that named an index which does not exist; messages say the same in words.
    """

    written: int = 0
    dropped: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
