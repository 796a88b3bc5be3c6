"""return: hands values of a subsearch's first rows up as search text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from understudy.spl.errors import SplSyntaxError
from understudy.spl.lexer import quote
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of, values_of


@dataclass(frozen=True)
class Part:
    """One value to return: name is what stands before `=`, or "" for a bare value (`$field`)."""

    name: str
    field: str


@dataclass(frozen=True)
class Options:
    count: int
    parts: tuple[Part, ...]


def parse(arguments: Arguments) -> Options:
    tokens = [token for token in arguments.tokens if token.text != "," or token.kind != "punct"]
    count = 1
    if tokens and tokens[0].kind == "word" and tokens[0].text.isdigit():
        count = int(tokens[0].text)
        tokens = tokens[1:]
    parts: list[Part] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind not in ("word", "string"):
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'return'.", token.position)
        if index + 2 < len(tokens) and tokens[index + 1].text == "=" and tokens[index + 1].kind == "punct":
            parts.append(Part(token.text, tokens[index + 2].text))
            index += 3
            continue
        bare = token.kind == "word" and token.text.startswith("$") and len(token.text) > 1
        parts.append(Part("" if bare else token.text, token.text[1:].rstrip("$") if bare else token.text))
        index += 1
    if not parts:
        raise SplSyntaxError("'return' needs at least one field.", arguments.position)
    return Options(count, tuple(parts))


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), ["search"])


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    groups: list[str] = []
    for row in islice(stream.rows, min(options.count, sys.maxsize)):
        terms = [term for part in options.parts for term in _terms(part, row)]
        if terms:
            groups.append(" ".join(terms))
    if len(groups) == 1 and len(options.parts) == 1:
        yield {"search": groups[0] if not options.parts[0].name else f"({groups[0]})"}
    elif groups:
        yield {"search": " OR ".join(f"({group})" for group in groups)}


def _terms(part: Part, row: Row) -> list[str]:
    values = [text_of(value) for value in values_of(row.get(part.field))]
    if not part.name:
        return values
    terms = [f"{part.name}={quote(value)}" for value in values]
    return terms if len(terms) < 2 else ["(" + " OR ".join(terms) + ")"]


COMMAND = Command(
    name="return",
    kind="transforming",
    syntax="return (<count>)? (<alias>=<field> | <field> | $<field>)+",
    summary="Hands values of a subsearch's first rows up as search text.",
    parse=parse,
    run=run,
)
