"""lookup: fields from a lookup table for rows whose values match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.matching import Matcher, check_columns, columns_of, entry_times, table_rows
from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.errors import SplError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, LookupDefinition, Row, Stream, Value
from understudy.spl.registry import Command
from understudy.spl.values import collapse, number_of, text_of, values_of

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Options:
    """Pairs are (name in the table, name in the rows). outputs None: every field of the table but the matched ones."""

    table: str
    position: int
    inputs: Pairs
    outputs: Pairs | None
    keep_old: bool
    time_field: str = "_time"
    """The row's time, for a table that is bound to time."""


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
    """local= says where to run, update= whether a real-time search reads a changed table again: neither matters here,
    where a search reads the table when it begins."""
    reader = Reader.of(arguments)
    time_field = "_time"
    while (option := reader.option(frozenset({"local", "update", "event_time_field"}))) is not None:
        if option[0] == "event_time_field":
            time_field = option[1].text
        else:
            boolean(option[1], option[0])
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
    return Options(table.text, table.position, inputs, outputs, keep_old, time_field)


@dataclass(frozen=True)
class Plan:
    """A lookup whose table is read: what `looked_up` needs beside the row."""

    definition: LookupDefinition
    outputs: Pairs
    matcher: Matcher


def plan(options: Options, context: Context) -> Plan:
    """Reads the table. Raises SplError with the table's place: not found, an unknown field, a kind not supported."""
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
    times = entry_times(definition, rows, context) if definition.time_field else None
    return Plan(definition, outputs, Matcher(definition, rows, [name for name, _ in options.inputs], times))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    made = plan(options, context)
    return Stream(_rows(options, stream, made), with_columns(stream, [name for _, name in made.outputs]))


def _rows(options: Options, stream: Stream, made: Plan) -> Iterator[Row]:
    for row in stream.rows:
        yield looked_up(row, options, made)


def looked_up(row: Row, options: Options, made: Plan) -> Row:
    """Returns the row with its outputs; one that lacks an input field is returned as it is.

    Without a match OUTPUT empties its fields, OUTPUTNEW does not.
    """
    values: dict[str, list[str]] = {}
    for table_name, row_name in options.inputs:
        if row_name in row:
            values[table_name] = [text_of(value) for value in values_of(row[row_name])]
    if len(values) < len(options.inputs):
        return row
    moment = number_of(row.get(options.time_field)) if made.definition.time_field else None
    found = made.matcher.find(values, moment)
    out = dict(row)
    for table_name, row_name in made.outputs:
        if options.keep_old and row_name in row:
            continue
        value = _output(found, table_name, made.definition)
        if value is not None:
            out[row_name] = value
        elif not options.keep_old:
            out.pop(row_name, None)
    return out


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
    syntax="lookup [local=<bool>] [update=<bool>] [event_time_field=<field>] <lookup> <table field> [AS <field>] ... "
    "[OUTPUT|OUTPUTNEW <table field> [AS <field>] ...]",
    summary="Adds fields of a lookup table to rows that match it.",
    parse=parse,
    run=run,
)
