"""rex: fields from the named groups of a regular expression, or a field rewritten in sed's way."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from understudy.spl.commands.columns import with_columns
from understudy.spl.commands.reader import Piece, Reader, integer
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.regexes import Regex, compile_regex, replacement_of
from understudy.spl.registry import Command
from understudy.spl.values import collapse, text_of, values_of

_OPTIONS = frozenset({"field", "max_match", "offset_field", "mode"})
Sed = Callable[[str], str]


@dataclass(frozen=True)
class Options:
    field: str
    pattern: Regex | None
    max_match: int
    offset_field: str | None
    sed: Sed | None


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    given: dict[str, Piece] = {}
    text: Piece | None = None
    while not reader.done:
        piece = reader.peek()
        name = reader.is_option()
        if name in _OPTIONS and (option := reader.option(_OPTIONS)) is not None:
            given[option[0]] = option[1]
        elif text is None and piece is not None and piece.kind in {"string", "quoted"}:
            text = reader.next()
        elif name is not None:
            raise reader.unknown_option(name)
        elif text is None:
            text = _unquoted(reader)
        else:
            reader.finish()
    if text is None:
        raise SplSyntaxError("Command 'rex' needs a regular expression.", arguments.position)
    field = given["field"].text if "field" in given else "_raw"
    if "mode" in given:
        if given["mode"].text.lower() != "sed":
            raise SplSyntaxError("Option 'mode' of command 'rex' can only be sed.", given["mode"].position)
        return Options(field, None, 1, None, sed_function(text.text, text.position))
    pattern = compile_regex(text.text, text.position)
    if not pattern.groups:
        raise SplSyntaxError(
            "The regular expression of 'rex' extracts nothing: it needs a named group, (?<name>...).", text.position
        )
    most = integer(given["max_match"], "max_match", least=0) if "max_match" in given else 1
    offset = given["offset_field"].text if "offset_field" in given else None
    return Options(field, pattern, most, offset, None)


def _unquoted(reader: Reader) -> Piece:
    """Reads a regular expression without quotes, up to an option of the command or the end."""
    begin = reader.position
    reader.next()
    while (piece := reader.peek()) is not None and not (piece.spaced and reader.is_option() in _OPTIONS):
        reader.next()
    raw = reader.text[begin - reader.start : reader.position - reader.start].rstrip()
    return Piece("string", raw, raw, begin, True)


_SUBSTITUTE = re.compile(r"s([^\w\s\\])", re.DOTALL)
_TRANSLATE = re.compile(r"y([^\w\s\\])", re.DOTALL)
_FLAGS = re.compile(r"[gi\d]*")


def sed_function(text: str, position: int) -> Sed:
    """Returns what `s/regex/replacement/flags` (flags: g, i, a number N) or `y/abc/xyz/` do; several may follow."""
    steps: list[Sed] = []
    index = 0
    while index < len(text):
        if text[index].isspace() or text[index] == ";":
            index += 1
            continue
        opening = _SUBSTITUTE.match(text, index) or _TRANSLATE.match(text, index)
        if opening is None:
            raise SplSyntaxError(f"'{text}' is no sed expression: s/regex/replacement/flags or y/abc/xyz/.", position)
        delimiter = opening.group(1)
        source, index = _part(text, opening.end(), delimiter, position)
        target, index = _part(text, index, delimiter, position)
        if text[opening.start()] == "y":
            steps.append(_translation(source, target, position))
            continue
        flags = _FLAGS.match(text, index)
        assert flags is not None
        index = flags.end()
        steps.append(_substitution(source, target, flags.group(), position))
    if not steps:
        raise SplSyntaxError("The sed expression is empty.", position)

    def apply(value: str) -> str:
        for step in steps:
            value = step(value)
        return value

    return apply


def _part(text: str, start: int, delimiter: str, position: int) -> tuple[str, int]:
    """Returns the text up to the delimiter, a backslash before which is taken off, and the offset behind it."""
    found: list[str] = []
    index = start
    while index < len(text):
        char = text[index]
        if char == "\\" and index + 1 < len(text):
            found.append(text[index + 1] if text[index + 1] == delimiter else text[index : index + 2])
            index += 2
        elif char == delimiter:
            return "".join(found), index + 1
        else:
            found.append(char)
            index += 1
    raise SplSyntaxError(f"The sed expression '{text}' lacks a '{delimiter}'.", position)


def _translation(source: str, target: str, position: int) -> Sed:
    if len(source) != len(target):
        raise SplSyntaxError("y/// needs two texts of equal length.", position)
    table = str.maketrans(source, target)
    return lambda value: value.translate(table)


def _substitution(source: str, target: str, flags: str, position: int) -> Sed:
    pattern = compile_regex(source, position, ignore_case="i" in flags)
    digits = "".join(char for char in flags if char.isdigit())
    everything = "g" in flags
    if not digits:
        return lambda value: pattern.sub(target, value, count=0 if everything else 1)
    nth = int(digits)
    put = replacement_of(target)

    def substitute(value: str) -> str:
        count = itertools.count(1)

        def choose(found: Any) -> str:
            number = next(count)
            return put(found) if number == nth or (everything and number > nth) else str(found.group())

        return pattern.sub(choose, value)

    return substitute


def run(options: Options, stream: Stream, context: Context) -> Stream:
    if options.pattern is None:
        return Stream(_edited(options, stream), stream.fields)
    names = [*options.pattern.groups, *([options.offset_field] if options.offset_field else [])]
    return Stream(_extracted(options, stream), with_columns(stream, names))


def _edited(options: Options, stream: Stream) -> Iterator[Row]:
    assert options.sed is not None
    for row in stream.rows:
        value = row.get(options.field)
        if value is None:
            yield row
            continue
        edited = collapse([options.sed(text_of(single)) for single in values_of(value)])
        yield row if edited is None else {**row, options.field: edited}


def _extracted(options: Options, stream: Stream) -> Iterator[Row]:
    """A group that took no part leaves its field as it was. Each value of a multivalue is searched, max_match times."""
    pattern = options.pattern
    assert pattern is not None
    names = list(pattern.groups)
    for row in stream.rows:
        found: dict[str, list[Scalar]] = {}
        offsets: list[str] = []
        for single in values_of(row.get(options.field)):
            matches = pattern.finditer(text_of(single))
            for match in itertools.islice(matches, options.max_match) if options.max_match else matches:
                for name in names:
                    text = match.group(name)
                    if text is not None:
                        found.setdefault(name, []).append(text)
                        offsets.append(f"{name}={match.start(name)}-{match.end(name) - 1}")
        if not found:
            yield row
            continue
        out = dict(row)
        for name, values in found.items():
            out[name] = values[0] if len(values) == 1 else values
        if options.offset_field and offsets:
            out[options.offset_field] = "&".join(offsets)
        yield out


COMMAND = Command(
    name="rex",
    kind="streaming",
    syntax='rex [field=<field>] ("<regex with named groups>" [max_match=<int>] [offset_field=<field>] '
    '| mode=sed "<sed>")',
    summary="Extracts fields by the named groups of a regular expression, or edits a field with a sed expression.",
    parse=parse,
    run=run,
)
