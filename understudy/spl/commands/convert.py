"""convert: values to numbers or times: auto, num, ctime, mktime, dur2sec, mstime, memk, rmunit, rmcomma."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from understudy.spl.commands.columns import collected
from understudy.spl.commands.field_patterns import FieldPattern
from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.times import strftime, strptime
from understudy.spl.values import normalize_number, number_of, text_of, values_of

DEFAULT_TIME = "%m/%d/%Y %H:%M:%S"
_DURATION = re.compile(r"\s*(?:(\d+)\+)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*\Z")
_MINUTES = re.compile(r"\s*(?:(\d+):)?(\d+(?:\.\d+)?)\s*\Z")
_MEMORY = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([kmg]?)b?\s*\Z", re.IGNORECASE)
_LEADING = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)")
_MEMORY_FACTOR = {"": 1.0, "k": 1.0, "m": 1024.0, "g": 1024.0**2}
Conversion = Callable[[Scalar, str, Context], Scalar | None]


@dataclass(frozen=True)
class Step:
    function: str
    field: str
    name: str | None


@dataclass(frozen=True)
class Options:
    steps: tuple[Step, ...]
    timeformat: str


def duration(value: Scalar, form: str, context: Context) -> Scalar | None:
    """Returns the seconds of [D+]HH:MM:SS."""
    match = _DURATION.match(text_of(value))
    if match is None:
        return None
    days, hours, minutes, seconds = match.groups()
    return normalize_number(int(days or 0) * 86400 + int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds))


def milliseconds(value: Scalar, form: str, context: Context) -> Scalar | None:
    """Returns the seconds of [MM:]SS.SSS."""
    match = _MINUTES.match(text_of(value))
    if match is None:
        return None
    return normalize_number(int(match.group(1) or 0) * 60 + float(match.group(2)))


def memory(value: Scalar, form: str, context: Context) -> Scalar | None:
    """Returns kilobytes of 10k, 5m, 2g; without a letter they are kilobytes."""
    match = _MEMORY.match(text_of(value))
    if match is None:
        return None
    return normalize_number(float(match.group(1)) * _MEMORY_FACTOR[match.group(2).lower()])


def without_unit(value: Scalar, form: str, context: Context) -> Scalar | None:
    match = _LEADING.match(text_of(value))
    return None if match is None else number_of(match.group(1))


def without_comma(value: Scalar, form: str, context: Context) -> Scalar | None:
    return text_of(value).replace(",", "")


def clock_time(value: Scalar, form: str, context: Context) -> Scalar | None:
    number = number_of(value)
    return None if number is None else strftime(number, form, context.zone)


def epoch_time(value: Scalar, form: str, context: Context) -> Scalar | None:
    epoch = strptime(text_of(value), form, context.zone, context.now)
    return None if epoch is None else normalize_number(epoch)


def plain_number(value: Scalar, form: str, context: Context) -> Scalar | None:
    """Returns the number of a value: as it is, or after the first conversion that understands it."""
    found: Scalar | None = number_of(value)
    if found is None:
        found = number_of(without_comma(value, form, context))
    for conversion in (duration, memory):
        if found is None:
            found = conversion(value, form, context)
    return found


CONVERSIONS: dict[str, Conversion] = {
    "auto": plain_number,
    "num": plain_number,
    "ctime": clock_time,
    "mktime": epoch_time,
    "dur2sec": duration,
    "mstime": milliseconds,
    "memk": memory,
    "rmunit": without_unit,
    "rmcomma": without_comma,
}
KEEPS = frozenset({"auto", "ctime", "mktime", "dur2sec", "mstime", "memk", "rmunit", "rmcomma"})
"""Conversions that leave a value they do not understand; num removes it."""


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    steps: list[Step] = []
    form = DEFAULT_TIME
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(frozenset({"timeformat"}))) is not None:
            form = option[1].text
            continue
        if reader.done:
            break
        piece = reader.next()
        function = piece.text.lower()
        if piece.kind != "word" or (function not in CONVERSIONS and function != "none"):
            raise UnsupportedError(f"Unsupported function '{piece.text}' of command 'convert'.", piece.position)
        field = "*"
        if reader.is_punct("("):
            inner, begin = reader.inside()
            inside = Reader(inner, begin, "convert")
            if not inside.done:
                field = inside.field().text
                inside.finish()
        name = None
        if reader.accept_word("as"):
            target = reader.field("a new name")
            name = target.text
            if name.count("*") not in {0, field.count("*")} or ("*" in field and "*" not in name):
                raise SplSyntaxError("The field and its new name must have the same wildcards.", target.position)
        steps.append(Step(function, field, name))
    if not steps:
        raise SplSyntaxError("Command 'convert' needs a function, such as auto(*).", arguments.position)
    return Options(tuple(steps), form)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """auto leaves a field alone when one of its values cannot be converted, so with auto all rows are read first."""
    refused: set[str] = set()
    columns: list[str] | None = None
    if any(step.function == "auto" for step in options.steps):
        rows, columns = collected(stream)
        refused = {
            name
            for name in columns
            if any(plain_number(single, "", context) is None for row in rows for single in values_of(row.get(name)))
        }
        stream = Stream(iter(rows), stream.fields)
    return Stream(_rows(options, stream, context, refused), None)


def _rows(options: Options, stream: Stream, context: Context, refused: set[str]) -> Iterator[Row]:
    patterns = [(step, FieldPattern(step.field)) for step in options.steps]
    spared = [pattern for step, pattern in patterns if step.function == "none"]
    for row in stream.rows:
        out = dict(row)
        for step, pattern in patterns:
            if step.function == "none":
                continue
            for name in [name for name in row if pattern.matches(name)]:
                if any(spare.matches(name) for spare in spared):
                    continue
                if step.function == "auto" and name in refused:
                    continue
                _convert(out, row, name, step, pattern, options.timeformat, context)
        yield out


def _convert(out: Row, row: Row, name: str, step: Step, pattern: FieldPattern, form: str, context: Context) -> None:
    target = name if step.name is None else step.name
    for segment in pattern.segments(name) or ():
        target = target.replace("*", segment, 1) if step.name is not None else target
    conversion = CONVERSIONS[step.function]
    values: list[Scalar] = []
    for single in values_of(row[name]):
        converted = conversion(single, form, context)
        if converted is None and step.function in KEEPS:
            converted = single
        if converted is not None:
            values.append(converted)
    if values:
        out[target] = values[0] if len(values) == 1 else values
    else:
        out.pop(target, None)


COMMAND = Command(
    name="convert",
    kind="streaming",
    syntax="convert [timeformat=<format>] <function>(<field>) [AS <name>] ...  (auto, num, none, ctime, mktime, "
    "dur2sec, mstime, memk, rmunit, rmcomma; wildcards allowed)",
    summary="Converts field values to numbers or times.",
    parse=parse,
    run=run,
)
