"""outputlookup: writes the rows to a lookup table and passes them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.permission import require
from understudy.spl.commands.reader import Piece, Reader, boolean, integer
from understudy.spl.errors import MissingError, SplSyntaxError
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


_PLACES = ("app", "user", "system")


@dataclass(frozen=True)
class Options:
    """place: where a new file goes. updates: records of a KV collection that are there may change."""

    table: str
    position: int
    append: bool = False
    create_empty: bool = True
    override_if_empty: bool = True
    most: int | None = None
    key_field: str | None = None
    updates: bool = True
    place: str = "app"
    multivalue: bool = False


def parse(arguments: Arguments) -> Options:
    """createinapp wins over create_context; key_field appends unless append=false is written (Search Reference)."""
    reader = Reader.of(arguments)
    flags = {"append": False, "create_empty": True, "override_if_empty": True}
    most: int | None = None
    key_field: str | None = None
    table = None
    context, in_app, updates, multivalue = "app", None, True, False
    said = False
    while not reader.done:
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in flags:
                flags[name] = boolean(piece, name)
                said = said or name == "append"
            elif name == "max":
                most = integer(piece, name, least=0)
            elif name == "key_field":
                key_field = piece.text
            elif name == "createinapp":
                in_app = boolean(piece, name)
            elif name == "allow_updates":
                updates = boolean(piece, name)
            elif name == "create_context":
                context = choice(piece, name, _PLACES)
            else:
                multivalue = choice(piece, name, ("splunk_sv_csv", "splunk_mv_csv")) == "splunk_mv_csv"
        elif table is None:
            table = reader.field("the name of a lookup")
        else:
            reader.finish()
    if table is None:
        raise SplSyntaxError("Command 'outputlookup' needs the name of a lookup.", arguments.position)
    if key_field is not None and not said:
        flags["append"] = True
    place = context if in_app is None else "app" if in_app else "system"
    return Options(
        table.text,
        table.position,
        most=most,
        key_field=key_field,
        updates=updates,
        place=place,
        multivalue=multivalue,
        **flags,
    )


def choice(piece: Piece, name: str, known: tuple[str, ...]) -> str:
    """Returns an option's value in lower case; raises SplSyntaxError when it is none of the known ones."""
    value = piece.text.lower()
    if value not in known:
        raise SplSyntaxError(f"Option '{name}' is one of {', '.join(known)}, not '{piece.text}'.", piece.position)
    return value


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("output_file", "outputlookup", context)
    return Stream(_rows(options, stream, context), stream.fields)


def _rows(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    """Without rows an existing table is emptied, or with override_if_empty=false left as it is."""
    rows = list(stream.rows)
    written = rows if options.most is None else rows[: options.most]
    if stream.fields is not None:
        written = [{name: row[name] for name in stream.fields if name in row} for row in written]
    if rows or not (options.append or _is_kept(options, context)):
        count = context.tables.write(
            options.table,
            written,
            append=options.append,
            key_field=options.key_field,
            create_empty=options.create_empty,
            place=options.place,
            insert_only=not options.updates,
            multivalue=options.multivalue,
        )
        context.messages.append(Message("INFO", f"outputlookup wrote {count} rows to {options.table}."))
    yield from rows


def _is_kept(options: Options, context: Context) -> bool:
    """True for a table that is there and that override_if_empty=false keeps from being emptied."""
    if options.override_if_empty:
        return False
    try:
        context.tables.definition(options.table)
    except MissingError:
        return False
    return True


COMMAND = Command(
    name="outputlookup",
    kind="dataset",
    syntax="outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [max=<int>] "
    "[key_field=<field>] [allow_updates=<bool>] [createinapp=<bool>] [create_context=app|user|system] "
    "[output_format=splunk_sv_csv|splunk_mv_csv] <lookup or file>",
    summary="Writes the rows to a lookup table.",
    parse=parse,
    run=run,
    risky=True,
)
