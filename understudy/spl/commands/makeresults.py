"""makeresults: rows out of nothing, or out of CSV or JSON text given in the search."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from understudy.spl.bounds import ROWS
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.json_fields import dump_json, field_value
from understudy.spl.lexer import unescape
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.options import no_more, read_options
from understudy.spl.registry import Command
from understudy.spl.values import collapse

SPEC = {
    **{"count": "int", "annotate": "bool", "splunk_server": "text", "splunk_server_group": "text"},
    **{"format": "csv|json", "data": "text"},
}


@dataclass(frozen=True)
class Options:
    count: int
    annotate: bool
    data: list[Row] | None


def parse(arguments: Arguments) -> Options:
    given = given_raw_data(arguments)
    options, rest = read_options(given, SPEC)
    no_more(rest, "makeresults")
    count = options.get("count", 1)
    if count < 0:
        raise SplSyntaxError("Option 'count' of 'makeresults' must not be negative.", arguments.position)
    if count > ROWS:
        raise RuntimeSplError(f"makeresults makes no more than {ROWS:,} rows.", arguments.position)
    data = None
    if "data" in options:
        if "format" not in options:
            raise SplSyntaxError("Option 'data' of 'makeresults' needs format=csv or format=json.", arguments.position)
        at = next(token.position for token in given.tokens if token.text.lower() == "data")
        data = read_csv(options["data"]) if options["format"] == "csv" else read_json(options["data"], at)
    elif "format" in options:
        at = next(token.position for token in given.tokens if token.text.lower() == "format")
        raise SplSyntaxError("Option 'format' of 'makeresults' needs data.", at)
    return Options(count, options.get("annotate", False), data)


def given_raw_data(arguments: Arguments) -> Arguments:
    r"""Returns the arguments with the value of data= taken as written between its outer quotes.

    The documented examples hold JSON with and without `\"`, so the value ends at the last quote of its run.
    """
    tokens = list(arguments.tokens)
    for index, token in enumerate(tokens[:-2]):
        if token.kind == "word" and token.text.lower() == "data" and tokens[index + 1].text == "=":
            end = index + 3
            if tokens[index + 2].kind == "string":
                last = max((n for n in range(index + 2, len(tokens)) if tokens[n].kind == "string"), default=index + 2)
                end = last + 1
                begin = tokens[index + 2].position - arguments.position
                raw = arguments.text[begin : tokens[last].position - arguments.position + len(tokens[last].raw)]
                value = unescape(raw[1:-1])
                joined = type(token)("string", value, raw, tokens[index + 2].position, tokens[index + 2].spaced)
                tokens[index + 2 : end] = [joined]
            break
    return Arguments(arguments.command, arguments.text, arguments.position, tokens)


def read_csv(text: str) -> list[Row]:
    """Returns the rows of CSV text with a heading line; empty cells are null."""
    reader = csv.reader(io.StringIO(text.strip()), skipinitialspace=True)
    rows = list(reader)
    if not rows:
        return []
    names = [name.strip() for name in rows[0]]
    return [
        {name: value for name, value in zip(names, values, strict=False) if name and value != ""} for values in rows[1:]
    ]


def read_json(text: str, position: int) -> list[Row]:
    """Returns the rows of a JSON array of objects (or one object): top-level keys are the fields, `_raw` the object."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SplSyntaxError("The data of 'makeresults' is no JSON.", position) from error
    items = parsed if isinstance(parsed, list) else [parsed]
    if not all(isinstance(item, dict) for item in items):
        raise SplSyntaxError("The data of 'makeresults' must be a JSON array of objects.", position)
    return [_json_row(item) for item in items]


def _json_row(item: dict[str, Any]) -> Row:
    row: Row = {"_raw": dump_json(item)}
    for name, value in item.items():
        flat = isinstance(value, list) and not any(isinstance(element, (dict, list)) for element in value)
        held = collapse(field_value(element) for element in value) if flat else field_value(value)
        if held is not None:
            row[name] = held
    return row


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, context))


def _rows(options: Options, context: Context) -> Iterator[Row]:
    now = int(context.now)
    if options.data is not None:
        for row in options.data:
            yield {"_time": now, **row}
        return
    extra: Row = {"splunk_server": "understudy"} if options.annotate else {}
    for _ in range(options.count):
        yield {"_time": now, **extra}


COMMAND = Command(
    name="makeresults",
    kind="generating",
    syntax="makeresults (count=<int>)? (annotate=<bool>)? (format=csv|json data=<text>)?",
    summary="Makes rows with the current time, or from CSV or JSON text.",
    parse=parse,
    run=run,
)
