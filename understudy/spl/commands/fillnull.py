"""fillnull: a value for fields that a row lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.bounds import check_cells
from understudy.spl.commands.columns import collected, with_columns
from understudy.spl.commands.field_patterns import FieldSet
from understudy.spl.commands.reader import Reader
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import number_of, text_of


@dataclass(frozen=True)
class Options:
    value: Scalar
    names: tuple[str, ...]


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    value: Scalar = 0
    names: list[str] = []
    while not reader.done:
        if (option := reader.option(frozenset({"value"}))) is not None:
            text = option[1].text
            found = number_of(text)
            # A value that reads as a number is one, as the default 0 is.
            value = found if found is not None and text_of(found) == text else text
        else:
            names += reader.fields() or [reader.field().text]
    return Options(value, tuple(names))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """With a list of plain names rows pass one by one; without one, or with wildcards, all rows are read first."""
    if options.names and not any("*" in name for name in options.names):
        return Stream(_filled(stream.rows, options.names, options.value), with_columns(stream, options.names))
    rows, names = collected(stream)
    judge = FieldSet(options.names) if options.names else None
    chosen = [name for name in names if not name.startswith("_")] if judge is None else judge.expand(names)
    check_cells(len(rows), len(chosen), "fillnull")
    return Stream(_filled(iter(rows), tuple(chosen), options.value), list(dict.fromkeys([*names, *chosen])))


def _filled(rows: Iterator[Row], names: tuple[str, ...], value: Scalar) -> Iterator[Row]:
    for row in rows:
        missing = [name for name in names if name not in row]
        yield {**row, **dict.fromkeys(missing, value)} if missing else row


COMMAND = Command(
    name="fillnull",
    kind="streaming",
    syntax="fillnull [value=<text>] [<field> ...]",
    summary="Gives fields without a value a value, 0 unless told.",
    parse=parse,
    run=run,
)
