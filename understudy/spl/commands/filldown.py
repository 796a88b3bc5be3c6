"""filldown: repeats the last value of a field in rows that lack it."""

from __future__ import annotations

from collections.abc import Iterator

from understudy.spl.bounds import check_cells
from understudy.spl.commands.columns import collected
from understudy.spl.commands.field_patterns import FieldSet
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Stream, Value
from understudy.spl.registry import Command


def parse(arguments: Arguments) -> tuple[str, ...]:
    reader = Reader.of(arguments)
    names = reader.fields()
    reader.finish()
    return tuple(names)


def run(options: tuple[str, ...], stream: Stream, context: Context) -> Stream:
    rows, names = collected(stream)
    chosen = FieldSet(options).expand(names) if options else list(names)
    check_cells(len(rows), len(chosen), "filldown")
    return Stream(_rows(rows, chosen), names)


def _rows(rows: list[Row], names: list[str]) -> Iterator[Row]:
    last: dict[str, Value] = {}
    for row in rows:
        filled = dict(row)
        for name in names:
            value = row.get(name)
            if value is not None:
                last[name] = value
            elif name in last:
                filled[name] = last[name]
        yield filled


COMMAND = Command(
    name="filldown",
    kind="dataset",
    syntax="filldown [<field> ...]  (wildcards allowed)",
    summary="Fills missing values with the last value seen above.",
    parse=parse,
    run=run,
)
