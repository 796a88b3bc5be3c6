"""Drift: how the columns of a source differ now from those that its facts use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from minerva.intake.errors import FileError
from minerva.intake.facts.field_map import used_columns
from minerva.intake.facts.source import Source
from minerva.intake.formats.read import read_rows
from minerva.intake.mapping.mapper import flatten
from minerva.intake.rows import Row


@dataclass(frozen=True)
class Drift:
    """missing: columns of the facts that no row has; new: columns that the facts neither use nor ignore."""

    rows: int
    missing: tuple[str, ...]
    new: tuple[str, ...]


def drift(source: Source, rows: Iterable[Row]) -> Drift:
    """The drift of some rows of a source. A column that is empty in all of them may be left out by the source."""
    found: dict[str, None] = {}
    count = 0
    for row in rows:
        if row.columns is not None:
            count += 1
            found.update(dict.fromkeys(flatten(row.columns)))
    used = used_columns(source.mapping)
    return Drift(count, tuple(sorted(used - set(found))), tuple(name for name in found if name not in used))


def file_drift(source: Source, path: Path) -> Drift:
    """The drift of a file. Raises FileError if it cannot be read as the facts say."""
    facts = source.file or source.http
    if facts is None:
        raise FileError("facts", f"{source.source_id}: has no way in")
    return drift(source, read_rows(path, facts.reading, path.name, source.mapping.key))
