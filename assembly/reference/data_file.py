"""Reads published lists, and writes the data files emitted from them or compares them with what the lists give now."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
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


def write_or_check_all(folder: Path, texts: Mapping[str, str], check: bool) -> int:
    """`write_or_check` of several files of a folder, by name; 1 if any differs."""
    return max(write_or_check(folder / name, text, check) for name, text in texts.items())


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a published CSV file, with a byte-order mark or without."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
