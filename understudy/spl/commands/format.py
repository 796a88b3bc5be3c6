"""format: turns rows into one search expression, as a subsearch does by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from understudy.spl.errors import SplSyntaxError
from understudy.spl.lexer import quote
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.options import read_options
from understudy.spl.registry import Command
from understudy.spl.subsearch import EMPTY, Layout, format_rows

SPEC = {"quote": "bool", "mvsep": "text", "maxresults": "int", "emptystr": "text"}


@dataclass(frozen=True)
class Options:
    layout: Layout
    quoted: bool
    maximum: int
    empty: str


def parse(arguments: Arguments) -> Options:
    options, rest = read_options(arguments, SPEC)
    parts = [token.text for token in rest if token.kind != "punct" or token.text != ","]
    if parts and len(parts) != 6:
        raise SplSyntaxError(
            "'format' takes six strings: row prefix, column prefix, column separator, column end, row separator, end.",
            rest[0].position,
        )
    separator = options.get("mvsep", "OR")
    layout = replace(Layout(*parts[:6]), value_separator=separator)
    return Options(layout, options.get("quote", False), options.get("maxresults", 0), options.get("emptystr", EMPTY))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), ["search"])


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    rows = islice(stream.rows, min(options.maximum, sys.maxsize)) if options.maximum > 0 else stream.rows
    text = format_rows(rows, options.layout, options.empty)
    yield {"search": quote(text) if options.quoted else text}


COMMAND = Command(
    name="format",
    kind="transforming",
    syntax="format (quote=<bool>)? (mvsep=<text>)? (maxresults=<int>)? (emptystr=<text>)? (<6 strings>)?",
    summary="Turns rows into one search expression in the field search.",
    parse=parse,
    run=run,
)
