"""regex: keeps rows whose field matches a regular expression, or does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.regexes import Regex, compile_regex
from understudy.spl.registry import Command
from understudy.spl.values import text_of, values_of


@dataclass(frozen=True)
class Options:
    field: str
    keep: bool
    pattern: Regex


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    field, keep = "_raw", True
    following = reader.peek(1)
    if following is not None and following.kind == "punct" and following.text in {"=", "!="}:
        field = reader.next().text
        keep = reader.next().text == "="
    piece = reader.peek()
    if piece is None:
        raise SplSyntaxError("Command 'regex' needs a regular expression.", arguments.position)
    if piece.kind == "string":
        reader.next()
        reader.finish()
        return Options(field, keep, compile_regex(piece.text, piece.position))
    text, position = reader.rest()
    return Options(field, keep, compile_regex(text, position))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """A row without the field does not match: it is dropped by `=` and kept by `!=`."""
    return Stream(_rows(options, stream), stream.fields)


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        found = any(options.pattern.search(text_of(value)) for value in values_of(row.get(options.field)))
        if found == options.keep:
            yield row


COMMAND = Command(
    name="regex",
    kind="streaming",
    syntax='regex [<field>=|<field>!=] "<regex>"',
    summary="Keeps rows whose field (_raw unless named) matches a regular expression, or with != does not.",
    parse=parse,
    run=run,
)
