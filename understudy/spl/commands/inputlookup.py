"""inputlookup: the rows of a lookup table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from understudy.spl.commands.matching import columns_of, table_rows
from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import MissingError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.search_expression import parse as parse_search
from understudy.spl.search_match import compile_match

_OPTIONS = frozenset({"append", "strict", "start", "max"})


@dataclass(frozen=True)
class Options:
    table: str
    position: int
    append: bool
    start: int
    most: int | None
    where: tuple[str, int] | None


def parse(arguments: Arguments) -> Options:
    """strict= changes nothing: a lookup that is not there always fails the search."""
    reader = Reader.of(arguments)
    append, start, most = False, 0, None
    table = None
    where: tuple[str, int] | None = None
    while not reader.done:
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in {"append", "strict"}:
                append = boolean(piece, name) if name == "append" else append
            elif name == "start":
                start = integer(piece, name, least=0)
            else:
                most = integer(piece, name, least=0)
        elif table is not None and reader.accept_word("where"):
            where = reader.rest()
            if not where[0]:
                raise SplSyntaxError("WHERE needs a search expression.", where[1])
        elif table is None:
            table = reader.field("the name of a lookup")
        else:
            reader.finish()
    if table is None:
        raise SplSyntaxError("Command 'inputlookup' needs the name of a lookup.", arguments.position)
    return Options(table.text, table.position, append, start, most, where)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """start counts rows of the table, before WHERE; max counts rows that are returned."""
    require("input_file", "inputlookup", context)
    if not options.append and not stream.first:
        raise SplSyntaxError("inputlookup must be the first command of a search, or be given append=true.", None)
    try:
        definition, table = table_rows(options.table, context)
    except MissingError as error:
        error.position = options.position
        raise
    rows: Iterator[Row] = iter(table[options.start :])
    if options.where is not None:
        test = compile_match(parse_search(options.where[0], options.where[1], context.now, context.zone))
        rows = (row for row in rows if test(row))
    if options.most is not None:
        rows = islice(rows, options.most)
    visible = ({name: value for name, value in row.items() if value != ""} for row in rows)
    columns = [name for name in columns_of(definition, table) if name != "_key"]
    if options.append:
        merged = None if stream.fields is None else list(dict.fromkeys([*stream.fields, *columns]))
        return Stream(chain(stream.rows, visible), merged)
    return Stream(visible, columns or None)


COMMAND = Command(
    name="inputlookup",
    kind="generating",
    syntax="inputlookup [append=<bool>] [strict=<bool>] [start=<int>] [max=<int>] <lookup or file> [where <search>]",
    summary="Returns the rows of a lookup table.",
    parse=parse,
    run=run,
)
