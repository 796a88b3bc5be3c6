"""Limits of reading: how much a file may take, and the words for one that takes more."""

from __future__ import annotations

from dataclasses import dataclass

from minerva.intake.facts.reading import ReadFacts

_MIB = 1024 * 1024
MAX_ENTRIES = 1000
"""Parts of a workbook, and files of an archive."""
MAX_DIRECTORY_BYTES = 4 * _MIB
RATIO_FLOOR_BYTES = 4 * _MIB


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    `seconds` are those of the processor in the child, for documents that are held as a whole (workbooks, pages, feeds);
    `stream_seconds` for files that are read row by row. `memory_bytes` are besides what the child has when it begins.
    """

    memory_bytes: int = 256 * _MIB
    seconds: float = 120.0
    stream_seconds: float = 3600.0
    document_bytes: int = 64 * _MIB
    page_bytes: int = 16 * _MIB
    unpacked_bytes: int = 4096 * _MIB
    ratio: int = 200
    workbook_ratio: int = 100


LIMITS = Limits()
UNLIMITED_DOCUMENT_BYTES = 16 * _MIB
"""Where memory cannot be limited: a table of shared texts of this size was seen to take 108 MB."""

DOCUMENTS = frozenset(("xlsx", "ods", "html", "article", "mail", "rss", "links", "fields"))
"""Formats that are held as a whole while they are read."""


def seconds_of(facts: ReadFacts, limits: Limits) -> float:
    """How long the child may read a file of such facts."""
    return limits.seconds if facts.format in DOCUMENTS else limits.stream_seconds


FILE_WORDS = {
    "bomb": "unpacks to too much, or grows too much when unpacked",
    "slow": f"reading takes more than {LIMITS.seconds:g} s",
    "memory": f"reading takes more than {LIMITS.memory_bytes // _MIB} MiB",
    "depth": "is nested too deeply",
    "entities": "declares entities, which are never expanded",
    "": "is broken, encrypted, or not what its format says",
}
"""By the end of a code (`xlsx_bomb`, `zip`): what is said of the file."""


def words_of(code: str) -> str:
    """What is said of a file that a limit refuses, by the end of the code."""
    kind, _, end = code.rpartition("_")
    return FILE_WORDS[end if kind else ""]
