"""The command `search`: one search, or a batch of them, over the rows of a JSON-lines file. No server, all time, UTC.

Names: a top-level array is a multivalue field (`tags`), nested names are as spath makes them (`a.b`, `a.b{}`, `x{}.y`),
and an array of scalars answers to both `tags` and `tags{}`. Output: one JSON object a row; a batch prints
{"id", "rows"} or {"id", "error", "kind"} a line, in order.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.model import Context, Row
from understudy.spl.row_events import NoKnowledge, NoTables, RowEvents, RowFileError, read_rows

FAILED = 2


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="understudy search", description="Run SPL over the rows of a JSON-lines file."
    )
    parser.add_argument("--rows", required=True, type=Path, help="JSON-lines file: one object a line")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--search", help="the search to run")
    what.add_argument("--batch", type=Path, help='JSON-lines file of {"id", "search"}')
    parser.add_argument("--now", type=float, default=None, help="the search's clock, epoch seconds (default: now)")
    return parser.parse_args(words)


def new_context(events: RowEvents, now: float) -> Context:
    """Returns the context of one search over rows: every capability, no lookups or macros."""
    return Context(events=events, tables=NoTables(), knowledge=NoKnowledge(), now=now, zone=UTC)


def encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(search: str, events: RowEvents, now: float) -> Iterator[Row]:
    """Yields the search's rows, columns in the stream's order; fields without a value are absent."""
    stream = engine.run(search, new_context(events, now))
    copies = bool(events.copied(search))
    for row in stream.rows:
        if stream.fields is None:
            yield events.without_copies(row, search) if copies else row
        else:
            names = {name: None for name in (*stream.fields, *row) if name in row}
            yield {name: row[name] for name in names}


def failure(error: Exception, search: str) -> dict[str, Any]:
    """Returns {"error", "kind"} of what stopped a search."""
    if isinstance(error, SplError):
        return {"error": error.located(search), "kind": error.kind}
    return {"error": f"Internal error: {type(error).__name__}: {error}", "kind": "runtime"}


def run_one(search: str, events: RowEvents, now: float, out: TextIO, err: TextIO) -> int:
    try:
        for row in answer(search, events, now):
            out.write(encode(row) + "\n")
    except Exception as error:  # the runner's edge: whatever stops a search is reported, never a traceback
        out.flush()
        err.write(encode(failure(error, search)) + "\n")
        return FAILED
    return 0


def run_batch(path: Path, events: RowEvents, now: float, out: TextIO) -> int:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                out.write(encode(batch_answer(line, number, events, now)) + "\n")
                out.flush()
    return 0


def batch_answer(line: str, number: int, events: RowEvents, now: float) -> dict[str, Any]:
    """Returns what a batch prints for one line of its file."""
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        query = None
    if not isinstance(query, dict) or "id" not in query or not isinstance(query.get("search"), str):
        identity = query.get("id") if isinstance(query, dict) else None
        return {"id": identity, "error": f'Line {number} is no {{"id", "search"}} object.', "kind": "syntax"}
    search = query["search"]
    try:
        return {"id": query["id"], "rows": list(answer(search, events, now))}
    except Exception as error:  # the runner's edge: one failing search must not stop the others
        return {"id": query["id"], **failure(error, search)}


def main(words: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Runs the command; returns its exit code: 0, or 2 for a search or file that failed."""
    options = arguments_of(words)
    out, err = out or sys.stdout, err or sys.stderr
    now = time.time() if options.now is None else options.now
    try:
        events = RowEvents(read_rows(options.rows))
        if options.search is not None:
            return run_one(options.search, events, now, out, err)
        return run_batch(options.batch, events, now, out)
    except (OSError, UnicodeDecodeError, RowFileError) as error:
        err.write(encode({"error": str(error), "kind": "runtime"}) + "\n")
        return FAILED
