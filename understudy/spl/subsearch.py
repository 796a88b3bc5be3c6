"""Turns the rows of a subsearch into the text that takes its place: the implied `format`.

Rows are joined by OR, fields by AND; fields that begin with _ are left out; a field search or query is put in raw.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from understudy.spl.bounds import CONDITIONS
from understudy.spl.errors import RuntimeSplError
from understudy.spl.lexer import quote
from understudy.spl.model import Context, Message, Row, Stream
from understudy.spl.values import text_of, values_of

EMPTY = "NOT( )"
RAW_FIELDS = ("search", "query")


@dataclass(frozen=True)
class Layout:
    """The six strings of `format`, and what joins the values of one field."""

    row_prefix: str = "("
    column_prefix: str = "("
    column_separator: str = "AND"
    column_end: str = ")"
    row_separator: str = "OR"
    row_end: str = ")"
    value_separator: str = "OR"


def _column(name: str, row: Row, layout: Layout) -> str:
    values = values_of(row[name])
    if name in RAW_FIELDS:
        terms = [text_of(value) for value in values]
    else:
        terms = [f"{name}={quote(text_of(value))}" for value in values]
    if len(terms) == 1:
        return terms[0]
    return "( " + f" {layout.value_separator} ".join(terms) + " )"


def format_rows(rows: Iterable[Row], layout: Layout, empty: str = EMPTY) -> str:
    """Returns `( ( a="1" AND b="x" ) OR ( ... ) )`, fields in alphabetical order; `empty` when nothing is left."""
    formatted: list[str] = []
    count = 0
    for row in rows:
        columns = [_column(name, row, layout) for name in sorted(row) if not name.startswith("_")]
        count += len(columns)
        if count > CONDITIONS:
            raise RuntimeSplError(
                f"The rows would become more than {CONDITIONS:,} conditions: keep fewer fields (| fields ...) or rows."
            )
        if columns:
            joined = f" {layout.column_separator} ".join(columns)
            formatted.append(f"{layout.column_prefix} {joined} {layout.column_end}")
    if not formatted:
        return empty
    return f"{layout.row_prefix} " + f" {layout.row_separator} ".join(formatted) + f" {layout.row_end}"


def limited(rows: Iterator[Row], limit: int, context: Context, what: str = "Subsearch") -> Iterator[Row]:
    """Yields at most `limit` rows and leaves Splunk's kind of message when there were more."""
    yield from islice(rows, min(limit, sys.maxsize))
    if next(rows, None) is not None:
        context.messages.append(Message("WARN", f"[subsearch]: {what} produced more results than maxout {limit}: cut."))


def answer(stream: Stream, context: Context) -> str:
    """Returns the text of a subsearch. A lone row with only a field `search` (return, format) is put in as it is."""
    rows = list(limited(stream.rows, context.limits.subsearch_rows, context))
    if len(rows) == 1:
        visible = [name for name in rows[0] if not name.startswith("_")]
        if visible == ["search"]:
            return text_of(rows[0]["search"])
    return format_rows(rows, Layout())
