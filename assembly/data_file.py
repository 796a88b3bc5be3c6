"""Writes a data file that is emitted from a published list, or compares it with what the list gives now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path


def write_or_check(target: Path, text: str, check: bool) -> int:
    """Writes `text` to `target`, or with `check` only compares them; returns the exit code, 1 if they differ."""
    if not check:
        target.write_text(text, encoding="utf-8")
        return 0
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return 0
    print(f"{target.name} is not what the list gives", file=sys.stderr)
    return 1


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yields the cells of each line of a data file; lines that begin with # are notes."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")
