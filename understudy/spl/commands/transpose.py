"""transpose: rows as columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from understudy.spl.commands.columns import collected
from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of

_OPTIONS = frozenset({"column_name", "header_field", "include_empty"})


@dataclass(frozen=True)
class Options:
    limit: int
    column_name: str
    header_field: str | None
    include_empty: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    limit, column_name, header_field, include_empty = 5, "column", None, True
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name == "column_name":
                column_name = piece.text
            elif name == "header_field":
                header_field = piece.text
            else:
                include_empty = boolean(piece, name)
        elif not reader.done:
            limit = integer(reader.next(), "number of rows", least=0)
    return Options(limit, column_name, header_field, include_empty)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """0 rows as the number means all. Without header_field the columns are named "row 1", "row 2" ..."""
    rows, names = collected(Stream(islice(stream.rows, min(options.limit, sys.maxsize) or None), stream.fields))
    headers: list[str] = []
    for number, row in enumerate(rows, 1):
        header = row.get(options.header_field) if options.header_field else None
        headers.append(text_of(header) if header is not None else f"row {number}")
    return Stream(_rows(options, rows, names, headers), list(dict.fromkeys([options.column_name, *headers])))


def _rows(options: Options, rows: list[Row], names: list[str], headers: list[str]) -> Iterator[Row]:
    columns: dict[str, Row] = {name: {options.column_name: name} for name in names}
    for header, row in zip(headers, rows, strict=True):
        for name, value in row.items():
            columns[name][header] = value
    for name, out in columns.items():
        if name == options.header_field:
            continue
        if len(out) > 1 or options.include_empty:
            yield out


COMMAND = Command(
    name="transpose",
    kind="transforming",
    syntax="transpose [<int>] [column_name=<text>] [header_field=<field>] [include_empty=<bool>]",
    summary="Turns the first rows, 5 unless a number is given, into columns.",
    parse=parse,
    run=run,
)
