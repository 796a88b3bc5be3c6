"""fields: keeps or removes fields. Internal fields (leading underscore) stay unless they are removed by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.field_patterns import FieldSet
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...]
    keep: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    keep = True
    first = reader.peek()
    names: list[str] = []
    if first is not None and first.kind == "word" and first.text[0] in "+-":
        keep = first.text[0] == "+"
        reader.next()
        if len(first.text) > 1:
            names.append(first.text[1:])
    names += reader.fields()
    reader.finish()
    if not names:
        raise SplSyntaxError("Command 'fields' needs a list of fields.", arguments.position)
    return Options(tuple(names), keep)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    judge = FieldSet(options.names)
    if options.keep:
        columns = None
        if stream.fields is not None:
            columns = [name for name in judge.expand(stream.fields) if name in stream.fields]
            columns += [name for name in stream.fields if name.startswith("_") and name not in columns]
        return Stream(_kept(options.names, judge, stream), columns)
    columns = None if stream.fields is None else [name for name in stream.fields if name not in judge]
    return Stream(({k: v for k, v in row.items() if k not in judge} for row in stream.rows), columns)


def _kept(names: tuple[str, ...], judge: FieldSet, stream: Stream) -> Iterator[Row]:
    plain = not any("*" in name for name in names)
    for row in stream.rows:
        kept: Row = {}
        for name in names if plain else judge.expand(row):
            if name in row:
                kept[name] = row[name]
        for name, value in row.items():
            if name[:1] == "_" and name not in kept:
                kept[name] = value
        yield kept


COMMAND = Command(
    name="fields",
    kind="streaming",
    syntax="fields [+|-] <field> ...  (wildcards allowed)",
    summary="Keeps only the listed fields, or removes them.",
    parse=parse,
    run=run,
)
