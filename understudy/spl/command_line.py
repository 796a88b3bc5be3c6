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
from understudy.spl.lexer import command_of
from understudy.spl.model import Context, Row, Tables
from understudy.spl.registry import commands
from understudy.spl.row_events import NoKnowledge, RowEvents, RowFileError, read_rows
from understudy.spl.row_tables import RowTables

FAILED = 2
READERS = frozenset(("search", "union", "multisearch", "append"))
"""Commands that generate rows though their kind is another one."""


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="understudy search", description="Run SPL over the rows of a JSON-lines file."
    )
    parser.add_argument("--rows", required=True, type=Path, help="JSON-lines file: one object a line")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--search", help="the search to run")
    what.add_argument("--batch", type=Path, help='JSON-lines file of {"id", "search"}')
    parser.add_argument("--now", type=float, default=None, help="the search's clock, epoch seconds (default: now)")
    parser.add_argument(
        "--lookup",
        metavar="NAME=FILE",
        type=lookup_of,
        action="append",
        default=[],
        help="CSV file that the search reads as the lookup NAME, repeatable",
    )
    return parser.parse_args(words)


def lookup_of(text: str) -> tuple[str, Path]:
    """Returns the name and the file of `NAME=FILE`."""
    name, equals, file = text.partition("=")
    if not name.strip() or not equals or not file:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=FILE")
    return name.strip(), Path(file)


def new_context(events: RowEvents, tables: Tables, now: float) -> Context:
    """Returns the context of one search over rows: every capability, no macros."""
    return Context(events=events, tables=tables, knowledge=NoKnowledge(), now=now, zone=UTC)


def encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(search: str, events: RowEvents, tables: Tables, now: float) -> Iterator[Row]:
    """Yields the search's rows, columns in the stream's order; fields without a value are absent."""
    stream = engine.run(search, new_context(events, tables, now))
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


def unread(search: str) -> str | None:
    """Returns what to say of a search that runs and reads no row, None for one that reads some."""
    first, *rest = engine.stage_texts(search)
    if first.text.strip() or not rest:
        return None
    name = command_of(rest[0])[0].lower()
    if name not in commands() or commands()[name].kind == "generating" or name in READERS:
        return None
    return f"No events are read: the search begins with '{name}', which generates none. Begin with: search * | {name}"


def run_one(search: str, events: RowEvents, tables: Tables, now: float, out: TextIO, err: TextIO) -> int:
    try:
        for row in answer(search, events, tables, now):
            out.write(encode(row) + "\n")
        if (note := unread(search)) is not None:
            err.write(encode({"warning": note}) + "\n")
    except Exception as error:  # the runner's edge: whatever stops a search is reported, never a traceback
        out.flush()
        err.write(encode(failure(error, search)) + "\n")
        return FAILED
    return 0


def run_batch(path: Path, events: RowEvents, tables: Tables, now: float, out: TextIO) -> int:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                out.write(encode(batch_answer(line, number, events, tables, now)) + "\n")
                out.flush()
    return 0


def batch_answer(line: str, number: int, events: RowEvents, tables: Tables, now: float) -> dict[str, Any]:
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
        return {"id": query["id"], "rows": list(answer(search, events, tables, now))}
    except Exception as error:  # the runner's edge: one failing search must not stop the others
        return {"id": query["id"], **failure(error, search)}


def main(words: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Runs the command; returns its exit code: 0, or 2 for a search or file that failed."""
    options = arguments_of(words)
    out, err = out or sys.stdout, err or sys.stderr
    now = time.time() if options.now is None else options.now
    try:
        events, tables = RowEvents(read_rows(options.rows)), RowTables(dict(options.lookup))
        if options.search is not None:
            return run_one(options.search, events, tables, now, out, err)
        return run_batch(options.batch, events, tables, now, out)
    except (OSError, UnicodeDecodeError, RowFileError) as error:
        err.write(encode({"error": str(error), "kind": "runtime"}) + "\n")
        return FAILED
