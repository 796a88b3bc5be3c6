"""makemv: splits a field into a multivalue, by a delimiter or by a regular expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.regexes import Regex, compile_regex
from understudy.spl.registry import Command
from understudy.spl.values import collapse, text_of, values_of

_OPTIONS = frozenset({"delim", "tokenizer", "allowempty", "setsv"})


@dataclass(frozen=True)
class Options:
    field: str
    delimiter: str
    tokenizer: Regex | None
    allowempty: bool


def parse(arguments: Arguments) -> Options:
    reader = Reader.of(arguments)
    field: str | None = None
    delimiter, tokenizer, allowempty = " ", None, False
    while not reader.done:
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name == "delim":
                delimiter = piece.text
                if not delimiter:
                    raise SplSyntaxError("Option 'delim' must not be empty.", piece.position)
            elif name == "tokenizer":
                tokenizer = compile_regex(piece.text, piece.position)
                if tokenizer.compiled.groups < 1:
                    raise SplSyntaxError("The tokenizer needs one capturing group.", piece.position)
            elif name == "allowempty":
                allowempty = boolean(piece, name)
            else:
                boolean(piece, name)  # setsv only keeps a second, single-valued form that is seen nowhere here
            reader.skip_commas()
        elif field is None:
            field = reader.field().text
        else:
            reader.finish()
    if field is None:
        raise SplSyntaxError("Command 'makemv' needs a field.", arguments.position)
    return Options(field, delimiter, tokenizer, allowempty)


def _split(options: Options, text: str) -> list[str]:
    if options.tokenizer is not None:
        found = [match.group(1) or "" for match in options.tokenizer.finditer(text)]
    else:
        found = text.split(options.delimiter)
    return found if options.allowempty else [part for part in found if part]


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), stream.fields)


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        value = row.get(options.field)
        if value is None:
            yield row
            continue
        parts = collapse([part for single in values_of(value) for part in _split(options, text_of(single))])
        out = dict(row)
        if parts is None:
            del out[options.field]
        else:
            out[options.field] = parts
        yield out


COMMAND = Command(
    name="makemv",
    kind="streaming",
    syntax="makemv [delim=<text> | tokenizer=<regex>] [allowempty=<bool>] [setsv=<bool>] <field>",
    summary="Splits a field's text into several values.",
    parse=parse,
    run=run,
)
