"""spath: fields from JSON or XML text, all of them or one path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.json_fields import NULL, complete, extract_path, flatten, load_json, parse_path, readable_part
from understudy.spl.model import Arguments, Context, Row, Stream, Value
from understudy.spl.registry import Command
from understudy.spl.values import collapse, text_of, values_of
from understudy.spl.xml_fields import extract_xml, flatten_xml


@dataclass(frozen=True)
class Options:
    input: str
    path: str | None
    output: str | None


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    given: dict[str, str] = {}
    while not reader.done:
        if (option := reader.option(frozenset({"input", "output", "path"}))) is not None:
            given[option[0]] = option[1].text
        elif "path" not in given:
            given["path"] = reader.field("a path").text
        else:
            reader.finish()
    if "output" in given and "path" not in given:
        raise SplSyntaxError("Command 'spath' needs a path with output=.", arguments.position)
    if "path" in given and "@" not in given["path"]:
        try:
            parse_path(given["path"])
        except ValueError as error:
            raise SplSyntaxError(f"Command 'spath': {error}.", arguments.position) from error
    return Options(given.get("input", "_raw"), given.get("path"), given.get("output"))


def everything(text: str, most: int) -> Row:
    """Returns the fields in the first `most` bytes of JSON text, those of XML text that is no longer, else {}."""
    text, cut = readable_part(text, most)
    if text.lstrip()[:1] == "<":
        found: Row = {} if cut else flatten_xml(text)
        return found
    try:
        data = load_json(complete(text) if cut else text)
    except ValueError:
        return {}
    return flatten(data, null=NULL) if isinstance(data, (dict, list)) else {}


def at_path(text: str, path: str) -> Value | None:
    """Returns what the path reaches in a JSON or XML text."""
    if text.lstrip()[:1] == "<":
        value: Value | None = extract_xml(text, path)
        return value
    return extract_path(text, path)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    if options.path is None:
        return Stream(_all(options, stream, context.limits.json_bytes), None)
    return Stream(_one(options, stream), with_columns(stream, [options.output or options.path]))


def _all(options: Options, stream: Stream, most: int) -> Iterator[Row]:
    """A field found in the text replaces one of that name."""
    for row in stream.rows:
        value = row.get(options.input)
        yield row if value is None else {**row, **everything(text_of(value), most)}


def _one(options: Options, stream: Stream) -> Iterator[Row]:
    assert options.path is not None
    name = options.output or options.path
    for row in stream.rows:
        found = [at_path(text_of(single), options.path) for single in values_of(row.get(options.input))]
        value = collapse([single for part in found for single in values_of(part)])
        yield row if value is None else {**row, name: value}


COMMAND = Command(
    name="spath",
    kind="streaming",
    syntax="spath [input=<field>] [output=<field>] [path=<path> | <path>]",
    summary="Extracts fields from JSON or XML.",
    parse=parse,
    run=run,
)
