"""The column order of a stream when a command adds, drops or renames fields; None stays None (order of appearance)."""

from __future__ import annotations

from collections.abc import Iterable

from understudy.spl.model import Row, Stream


def with_columns(stream: Stream, names: Iterable[str]) -> list[str] | None:
    """Returns the stream's columns with these at the end where they are new."""
    if stream.fields is None:
        return None
    return list(dict.fromkeys([*stream.fields, *names]))


def collected(stream: Stream) -> tuple[list[Row], list[str]]:
    """Reads all rows and returns them with the columns: the fixed ones, then those met in the rows."""
    rows = list(stream.rows)
    names: dict[str, None] = dict.fromkeys(stream.fields or ())
    for row in rows:
        if not names.keys() >= row.keys():
            names.update(dict.fromkeys(row))
    return rows, list(names)
