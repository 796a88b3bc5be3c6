"""outputlookup: writes the rows to a lookup table and passes them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.registry import Command

_OPTIONS = frozenset(
    {
        "append",
        "create_empty",
        "override_if_empty",
        "max",
        "key_field",
        "allow_updates",
        "createinapp",
        "create_context",
        "output_format",
    }
)


@dataclass(frozen=True)
class Options:
    table: str
    position: int
    append: bool = False
    create_empty: bool = True
    override_if_empty: bool = True
    most: int | None = None
    key_field: str | None = None


def parse(arguments: Arguments) -> Options:
    """A new file goes to the app of the search: createinapp=true and create_context=app say so, others are refused."""
    reader = Reader.of(arguments)
    flags = {"append": False, "create_empty": True, "override_if_empty": True}
    most: int | None = None
    key_field: str | None = None
    table = None
    while not reader.done:
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in flags:
                flags[name] = boolean(piece, name)
            elif name == "max":
                most = integer(piece, name, least=0)
            elif name == "key_field":
                key_field = piece.text
            elif name in {"createinapp", "allow_updates"}:
                if not boolean(piece, name):
                    raise reader.unsupported(f"{name}=false", piece.position)
            elif (name, piece.text.lower()) not in {("create_context", "app"), ("output_format", "splunk_sv_csv")}:
                raise reader.unsupported(f"{name}={piece.text}", piece.position)
        elif table is None:
            table = reader.field("the name of a lookup")
        else:
            reader.finish()
    if table is None:
        raise SplSyntaxError("Command 'outputlookup' needs the name of a lookup.", arguments.position)
    return Options(table.text, table.position, most=most, key_field=key_field, **flags)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("output_file", "outputlookup", context)
    return Stream(_rows(options, stream, context), stream.fields)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    """Without rows an existing table is emptied, or with override_if_empty=false left as it is."""
    rows = list(stream.rows)
    written = rows if options.most is None else rows[: options.most]
    if stream.fields is not None:
        written = [{name: row[name] for name in stream.fields if name in row} for row in written]
    if rows or (options.override_if_empty and not options.append):
        count = context.tables.write(
            options.table,
            written,
            append=options.append,
            key_field=options.key_field,
            create_empty=options.create_empty,
        )
        context.messages.append(Message("INFO", f"outputlookup wrote {count} rows to {options.table}."))
    yield from rows


COMMAND = Command(
    name="outputlookup",
    kind="dataset",
    syntax="outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [max=<int>] "
    "[key_field=<field>] <lookup or file>",
    summary="Writes the rows to a lookup table.",
    parse=parse,
    run=run,
    risky=True,
)
