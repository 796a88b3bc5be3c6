"""map: runs a search once for each row, with the row's values put into its `$field$` places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.bounds import made_rows
from understudy.spl.errors import MissingError, RuntimeSplError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command
from understudy.spl.values import text_of

VARIABLE = re.compile(r"\$([^\s$\"|\[\]]+)\$")


@dataclass(frozen=True)
class Options:
    """search: the text to run, or saved: the name of a saved search. position: where it stands."""

    search: str | None
    saved: str | None
    maxsearches: int
    position: int


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, {"search": "text", "maxsearches": "int"})
    maximum = options.get("maxsearches", 10)
    if maximum < 0:
        raise SplSyntaxError("Option 'maxsearches' of 'map' must not be negative.", arguments.position)
    if "search" in options:
        at = next(token.position for token in arguments.tokens if token.text.lower() == "search")
        if rest:
            raise SplSyntaxError(f"'{rest[0].raw}' is not expected in the arguments of 'map'.", rest[0].position)
        return Options(options["search"], None, maximum, at)
    if len(rest) != 1 or rest[0].kind == "punct":
        raise SplSyntaxError("'map' needs search=<text>, [<search>] or the name of a saved search.", arguments.position)
    token = rest[0]
    if token.kind == "subsearch":
        text = token.text if token.text.lstrip().startswith("|") else f"| {token.text}"
        return Options(text, None, maximum, token.position)
    return Options(None, token.text, maximum, token.position)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    text = options.search
    if text is None:
        saved = context.knowledge.saved_search(options.saved or "")
        if saved is None:
            raise MissingError(f"saved search '{options.saved}' not found", options.position)
        text = saved.search
    return Stream(made_rows(_rows(text, options, stream.rows, context), "map"))


def _rows(text: str, options: Options, rows: Iterator[Row], context: Context) -> Iterator[Row]:
    from understudy.spl import engine

    nested = engine.nested_context(context)
    for number, row in enumerate(rows):
        if number >= options.maxsearches:
            remaining = 1 + sum(1 for _ in rows)
            message = (
                f"The search result count ({number + remaining}) exceeds maximum ({options.maxsearches}), using max. "
                "To override it, set maxsearches appropriately."
            )
            context.messages.append(Message("WARN", message))
            return
        yield from engine.run_text(filled(text, row, number + 1, options.position), options.position, nested).rows


def filled(text: str, row: Row, serial: int, position: int | None = None) -> str:
    """Returns the text with each `$field$` replaced; between double quotes the value is escaped.

    Raises RuntimeSplError when the row has no such field.
    """

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name == "_serial_id_" or name == "_serial_id":
            return str(serial)
        held = row.get(name)
        if held is None:
            raise RuntimeSplError(f"'map' did not find a value for the required attribute '{name}'.", position)
        plain = text_of(held)
        inside = text.count('"', 0, found.start()) - text.count('\\"', 0, found.start())
        return plain.replace("\\", "\\\\").replace('"', '\\"') if inside % 2 else plain

    return VARIABLE.sub(value, text.replace("$_serial_id$", str(serial)))


COMMAND = Command(
    name="map",
    kind="dataset",
    syntax="map (search=<text> | [<search>] | <saved search>) (maxsearches=<int>)?",
    summary="Runs a search for each row, with the row's values put into it.",
    parse=parse,
    run=run,
    risky=True,
)
