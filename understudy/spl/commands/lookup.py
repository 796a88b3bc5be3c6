"""lookup: fields from a lookup table for rows whose values match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.matching import Matcher, check_columns, columns_of, table_rows
from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.errors import SplError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, LookupDefinition, Row, Stream, Value
from understudy.spl.registry import Command
from understudy.spl.values import collapse, text_of, values_of

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Options:
    """Pairs are (name in the table, name in the rows). outputs None: every field of the table but the matched ones."""

    table: str
    position: int
    inputs: Pairs
    outputs: Pairs | None
    keep_old: bool


def _pairs(reader: Reader) -> Pairs:
    found: list[tuple[str, str]] = []
    while not reader.done:
        reader.skip_commas()
        if reader.done or reader.is_word("output", "outputnew"):
            break
        name = reader.field().text
        found.append((name, reader.field("a name after AS").text if reader.accept_word("as") else name))
    return tuple(found)


def parse(arguments: Arguments) -> Options:
    """local= only says where to run. update= is for lookups that change while they are used, event_time_field= for
    time-based lookups: both are refused."""
    reader = Reader.of(arguments)
    while (option := reader.option(frozenset({"local", "update", "event_time_field"}))) is not None:
        if option[0] == "event_time_field" or (boolean(option[1], option[0]) and option[0] == "update"):
            raise reader.unsupported(option[0], option[1].position)
    table = reader.field("the name of a lookup")
    inputs = _pairs(reader)
    outputs: Pairs | None = None
    keep_old = False
    if (word := reader.accept_word("output", "outputnew")) is not None:
        keep_old = word.text.lower() == "outputnew"
        outputs = _pairs(reader)
        if not outputs:
            raise SplSyntaxError(f"{word.text} needs a list of fields.", word.position)
    reader.finish()
    if not inputs:
        raise SplSyntaxError("Command 'lookup' needs a field to match.", table.position)
    return Options(table.text, table.position, inputs, outputs, keep_old)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    try:
        definition, rows = table_rows(options.table, context)
        columns = columns_of(definition, rows)
        wanted = [name for name, _ in (*options.inputs, *(options.outputs or ()))]
        check_columns(options.table, wanted, columns)
        if set(definition.match_types.values()) - {"EXACT", "WILDCARD", "CIDR"}:
            raise UnsupportedError(f"Lookup '{options.table}' has an unsupported match type.", options.position)
    except SplError as error:
        error.position = options.position if error.position is None else error.position
        raise
    matched = {name for name, _ in options.inputs}
    outputs = options.outputs
    if outputs is None:
        outputs = tuple((name, name) for name in columns if name not in matched and name != "_key")
    matcher = Matcher(definition, rows, [name for name, _ in options.inputs])
    return Stream(
        _rows(options, outputs, stream, matcher, definition), with_columns(stream, [name for _, name in outputs])
    )


def _rows(
    options: Options, outputs: Pairs, stream: Stream, matcher: Matcher, definition: LookupDefinition
) -> Iterator[Row]:
    """A row that lacks an input field is passed over. Without a match OUTPUT empties its fields, OUTPUTNEW does not."""
    for row in stream.rows:
        values: dict[str, list[str]] = {}
        for table_name, row_name in options.inputs:
            if row_name in row:
                values[table_name] = [text_of(value) for value in values_of(row[row_name])]
        if len(values) < len(options.inputs):
            yield row
            continue
        found = matcher.find(values)
        out = dict(row)
        for table_name, row_name in outputs:
            if options.keep_old and row_name in row:
                continue
            value = _output(found, table_name, definition)
            if value is not None:
                out[row_name] = value
            elif not options.keep_old:
                out.pop(row_name, None)
        yield out


def _output(found: list[Row], name: str, definition: LookupDefinition) -> Value | None:
    """Returns the matches' values; fewer than min_matches are filled up with default_match."""
    values = [value for row in found for value in values_of(row.get(name)) if value != ""]
    missing = definition.min_matches - len(found)
    if missing > 0 and definition.default_match != "":
        values += [definition.default_match] * missing
    result: Value | None = collapse(values)
    return result


COMMAND = Command(
    name="lookup",
    kind="streaming",
    syntax="lookup [local=<bool>] <lookup> <table field> [AS <field>] ... "
    "[OUTPUT|OUTPUTNEW <table field> [AS <field>] ...]",
    summary="Adds fields of a lookup table to rows that match it.",
    parse=parse,
    run=run,
)
