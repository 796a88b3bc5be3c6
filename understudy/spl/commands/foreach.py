"""foreach: a small pipeline run for each field of a list, or for each item of a multivalue or JSON array."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from understudy.spl.commands.columns import collected
from understudy.spl.commands.field_patterns import FieldPattern
from understudy.spl.commands.reader import Piece, Reader
from understudy.spl.errors import RuntimeSplError, SplError, SplSyntaxError
from understudy.spl.json_fields import field_value, load_json
from understudy.spl.lexer import quote
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import number_of, text_of, values_of

PLACEHOLDERS = {
    "fieldstr": "<<FIELD>>",
    "matchstr": "<<MATCHSTR>>",
    "matchseg1": "<<MATCHSEG1>>",
    "matchseg2": "<<MATCHSEG2>>",
    "matchseg3": "<<MATCHSEG3>>",
    "itemstr": "<<ITEM>>",
    "iterstr": "<<ITER>>",
}
MODES = ("multifield", "multivalue", "json_array", "auto_collections")
_OPTIONS = frozenset({*PLACEHOLDERS, "mode"})
MAX_ITEMS = 10_000
"""Items of one row that the item modes go over: each is a pipeline of its own."""
ROW_BY_ROW = frozenset({"search", "makemv", "lookup", "fillnull", "foreach"})
READ_EVERY = 50
"""Fields after which the rows are read into memory, so that pipelines do not nest without end."""


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...]
    template: Piece
    mode: str = "multifield"
    marks: Mapping[str, str] = field(default_factory=lambda: dict(PLACEHOLDERS))


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    marks = dict(PLACEHOLDERS)
    mode = "multifield"
    names: list[str] = []
    template: Piece | None = None
    while not reader.done:
        reader.skip_commas()
        piece = reader.peek()
        if piece is None:
            break
        if piece.kind == "subsearch":
            template = reader.next()
            reader.finish()
        elif (option := reader.option(_OPTIONS)) is not None:
            name, value = option
            if name != "mode":
                marks[name] = value.text
            elif value.text.lower() in MODES:
                mode = value.text.lower()
            else:
                raise SplSyntaxError(f"Option 'mode' must be one of {', '.join(MODES)}.", value.position)
        else:
            names += reader.fields() or [reader.field().text]
    if template is None or not names:
        raise SplSyntaxError("Command 'foreach' needs fields and a pipeline in brackets.", arguments.position)
    if mode != "multifield" and (len(names) != 1 or "*" in names[0]):
        raise SplSyntaxError(f"foreach mode={mode} needs exactly one field.", arguments.position)
    return Options(tuple(names), template, mode, marks)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    if options.mode == "multifield":
        return _over_fields(options, stream, context)
    return Stream(_over_items(options, stream, context), None)


def _pipeline(options: Options, text: str, rows: Stream, context: Context) -> Stream:
    from understudy.spl.engine import run_nested  # the engine imports the registry, the registry imports the commands

    try:
        result = run_nested(text, options.template.position + 1, context, rows)
    except SplError as error:
        raise _within(error, options) from error.__cause__
    return replace(result, rows=_guarded(result.rows, options))


def _guarded(rows: Iterator[Row], options: Options) -> Iterator[Row]:
    try:
        yield from rows
    except SplError as error:
        raise _within(error, options) from error.__cause__


def _within(error: SplError, options: Options) -> SplError:
    """Returns the error with its place inside the template, which may be shorter than the text it was made into."""
    if error.position is not None and error.position > options.template.position:
        error.position = min(error.position, options.template.position + len(options.template.raw) - 1)
    return error


def _check_streaming(options: Options, text: str, context: Context) -> None:
    """Raises SplSyntaxError when the pipeline holds a command that does not work row by row."""
    from understudy.spl.engine import plan

    try:
        stages = plan(text, options.template.position + 1, context, start="rows", dry=True)
        for stage in stages:
            if stage.kind in {"transforming", "dataset", "generating"} and stage.name not in ROW_BY_ROW:
                raise SplSyntaxError(f"foreach takes streaming commands only, not '{stage.name}'.", stage.position)
    except SplError as error:
        raise _within(error, options) from error.__cause__


def _over_fields(options: Options, stream: Stream, context: Context) -> Stream:
    rows, columns = collected(stream)
    result = Stream(iter(rows), stream.fields)
    runs = 0
    for written in options.names:
        pattern = FieldPattern(written)
        for name in columns if pattern.wildcard else [written]:
            if pattern.matches(name):
                segments = pattern.segments(name) or ()
                text = options.template.text.replace(options.marks["fieldstr"], name)
                text = text.replace(options.marks["matchstr"], "".join(segments))
                for number in (1, 2, 3):
                    segment = segments[number - 1] if len(segments) >= number else ""
                    text = text.replace(options.marks[f"matchseg{number}"], segment)
                if runs == 0:
                    _check_streaming(options, text, context)
                result = _pipeline(options, text, result, context)
                runs += 1
                if runs % READ_EVERY == 0:
                    result = Stream(iter(list(result.rows)), result.fields)
    return Stream(result.rows, None)


def _items(options: Options, row: Row) -> list[Scalar]:
    value = row.get(options.names[0])
    if value is None:
        return []
    if options.mode != "multivalue" and not isinstance(value, list):
        try:
            data = load_json(text_of(value))
        except ValueError:
            data = None
        if isinstance(data, list):
            return [found for item in data if (found := field_value(item)) is not None]
        if options.mode == "json_array":
            return []
    return values_of(value)


def _written(text: str, mark: str, item: Scalar) -> str:
    """Returns the template with an item put in: as it is between quotes, else as a number or a quoted text."""
    literal = text_of(item) if number_of(item) is not None else quote(text_of(item))
    bare = quote(text_of(item))[1:-1]
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    return "".join(part.replace(mark, bare if part.startswith('"') else literal) for part in parts)


def _over_items(options: Options, stream: Stream, context: Context) -> Iterator[Row]:
    checked = False
    for row in stream.rows:
        current = row
        items = _items(options, row)
        if len(items) > MAX_ITEMS:
            raise RuntimeSplError(f"foreach goes over no more than {MAX_ITEMS:,} items.", options.template.position)
        for number, item in enumerate(items):
            text = options.template.text.replace(options.marks["iterstr"], str(number))
            text = text.replace(options.marks["fieldstr"], options.names[0])
            text = _written(text, options.marks["itemstr"], item)
            if not checked:
                _check_streaming(options, text, context)
                checked = True
            found = list(_pipeline(options, text, Stream(iter([current])), context).rows)
            if len(found) != 1:
                raise RuntimeSplError("The pipeline of foreach must keep each row one row.", options.template.position)
            current = found[0]
        yield current


COMMAND = Command(
    name="foreach",
    kind="streaming",
    syntax="foreach <field> ... [mode=multifield|multivalue|json_array|auto_collections] [fieldstr=<text>] "
    "[matchstr=<text>] [matchseg1=<text>] [matchseg2=<text>] [matchseg3=<text>] [itemstr=<text>] [iterstr=<text>] "
    "[ <pipeline> ]",
    summary="Runs a pipeline for each of several fields, or for each item of a multivalue or JSON array.",
    parse=parse,
    run=run,
)
