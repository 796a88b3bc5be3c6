"""Tables in PDF as CSV, by pdfplumber, in a child process whose memory and time are limited.

A table goes on over pages: its heading is that of the first page, and where a page repeats it, it is left out. A row
with another number of cells than the heading is not guessed at: it is told, and left out.
"""

from __future__ import annotations

import importlib
import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.writing import CollectorError, write_table

MEMORY_BYTES = 1536 * 1024 * 1024
SECONDS = 600
MAX_BYTES = 256 * 1024 * 1024
MOST_PAGES = 5000
STRATEGIES = ("lines", "lines_strict", "text")
PAGE_COLUMN = "_page"
PYTHON = sys.executable
"""Runs the child, and has pdfplumber."""


@dataclass(frozen=True)
class TableFacts:
    """How the tables lie on the pages: `strategy` of pdfplumber, `first` page (from 1), and `header` names, if the
    table has no heading of its own; `skip` are lines above the heading."""

    strategy: str = "lines"
    first: int = 1
    header: tuple[str, ...] = ()
    skip: int = 0


@dataclass(frozen=True)
class Outcome:
    """What was written, and the places (`page:row`) of rows that were left out."""

    rows: int
    left_out: tuple[str, ...]


def extract(pdf: Path, out: Path, facts: TableFacts) -> Outcome:
    """Write the table of a PDF to `out`. Raises CollectorError if there is none, or it takes more than may be taken."""
    if not pdf.is_file() or pdf.stat().st_size > MAX_BYTES:
        raise CollectorError(f"{pdf.name}: is no file, or larger than {MAX_BYTES} bytes")
    header: list[str] = list(facts.header)
    left_out: list[str] = []
    left = facts.skip

    def rows() -> Iterator[Sequence[str]]:
        nonlocal left
        for page, number, cells in lines:
            if left:
                left -= 1
            elif cells != header[: len(cells)] and any(cells):
                if len(cells) != len(header):
                    left_out.append(f"{page}:{number}")
                else:
                    yield [str(page), *cells]

    lines = _read(pdf, facts)
    if not header:
        header = _heading(lines, facts.skip, pdf)
        left = 0
    count = write_table(out, [PAGE_COLUMN, *header], rows())
    if not count:
        out.unlink()
        raise CollectorError(f"{pdf.name}: no row of a table was found; try another strategy")
    return Outcome(count, tuple(left_out))


def _heading(lines: Iterator[tuple[int, int, list[str]]], skip: int, pdf: Path) -> list[str]:
    for _, _, cells in lines:
        if skip:
            skip -= 1
        elif any(cells):
            return [cell or f"column_{number}" for number, cell in enumerate(cells, 1)]
    raise CollectorError(f"{pdf.name}: no table was found; a scan has none until its text was recognized")


def _read(pdf: Path, facts: TableFacts) -> Iterator[tuple[int, int, list[str]]]:
    """Page, row and cells of every table row, from the child."""
    order = json.dumps([str(pdf), facts.strategy, facts.first])
    command = [PYTHON, "-m", "collector.pdf_tables", order]
    root = str(Path(__file__).resolve().parents[1])
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        try:
            ended = False
            for line in child.stdout:
                found = json.loads(line)
                if found is None:
                    ended = True
                else:
                    yield int(found[0]), int(found[1]), found[2]
            if not ended:
                raise CollectorError(f"{pdf.name}: cannot be read, or takes more memory or time than it may")
        finally:
            child.kill()


def _child() -> None:
    path, strategy, first = json.loads(sys.argv[1])
    pdfplumber: Any = importlib.import_module("pdfplumber")  # in an environment of the collector alone
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as document:
        for page in document.pages[first - 1 : MOST_PAGES]:
            number = 0
            for table in page.extract_tables(settings):
                for cells in table:
                    number += 1
                    print(json.dumps([page.page_number, number, [_plain(cell) for cell in cells]]))
            page.close()  # what a page holds is not needed for the next
    print("null", flush=True)


def _plain(cell: str | None) -> str:
    return re.sub(r"\s+", " ", cell or "").strip()


if __name__ == "__main__":
    _child()
