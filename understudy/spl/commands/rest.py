"""rest: reads an endpoint of the management interface as rows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from understudy.spl.commands.metadata import OWN_NAMES
from understudy.spl.commands.permission import require
from understudy.spl.errors import RuntimeSplError, SplSyntaxError, UnsupportedError
from understudy.spl.model import Arguments, Context, Message, Row, Stream
from understudy.spl.registry import Command
from understudy.spl.values import truth
from understudy.spl.wildcard import matcher


@dataclass(frozen=True)
class Options:
    """server: a pattern that the instance's name must match; empty: any."""

    path: str
    count: int
    strict: bool
    server: str
    parameters: Mapping[str, str]


def parse(arguments: Arguments) -> Options:
    path = ""
    parameters: dict[str, str] = {}
    places: dict[str, int] = {}
    tokens = list(arguments.tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if index + 2 < len(tokens) and tokens[index + 1].text == "=" and tokens[index + 1].kind == "punct":
            parameters[token.text] = tokens[index + 2].text
            places[token.text] = tokens[index + 2].position
            index += 3
            while index < len(tokens) and not tokens[index].spaced:
                parameters[token.text] += tokens[index].text
                index += 1
            continue
        if path or token.kind not in ("word", "string"):
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'rest'.", token.position)
        path = token.text
        index += 1
    if not path or "://" in path:
        raise SplSyntaxError("'rest' needs a path such as /services/search/jobs.", arguments.position)
    if not path.startswith("/"):
        path = f"/{path}"
    count_text = parameters.pop("count", "0")
    strict_text = parameters.pop("strict", "false")
    strict = truth(strict_text)
    timeout = parameters.pop("timeout", "60")
    if not count_text.isdigit() or not timeout.isdigit() or strict is None:
        wrong = "count" if not count_text.isdigit() else "timeout" if not timeout.isdigit() else "strict"
        raise SplSyntaxError("'rest' takes count=<whole number>, timeout=<seconds> and strict=<bool>.", places[wrong])
    if parameters.pop("splunk_server_group", "*") != "*":
        raise UnsupportedError("'rest' knows no groups of servers here.", places["splunk_server_group"])
    server = parameters.pop("splunk_server", "")
    return Options(path, int(count_text), strict, server, parameters)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    require("rest_access_server_endpoints", "rest", context)
    if options.server and not any(matcher(options.server, False)(name) for name in OWN_NAMES):
        context.messages.append(Message("WARN", f"No server matches splunk_server={options.server}."))
        return Stream(iter(()))
    rows = _rows(options, context)
    return Stream(islice(rows, min(options.count, sys.maxsize)) if options.count else rows)


def _rows(options: Options, context: Context) -> Iterator[Row]:
    """An endpoint that fails ends the search with strict=true; else a message says so and there are no rows."""
    try:
        yield from context.knowledge.rest(options.path, {**options.parameters, "count": str(options.count)})
    except RuntimeSplError as error:
        if options.strict:
            raise
        context.messages.append(Message("WARN", error.message))


COMMAND = Command(
    name="rest",
    kind="generating",
    syntax="rest <path> (count=<int>)? (strict=<bool>)? (timeout=<int>)? (splunk_server=<name>)? (<name>=<value>)*",
    summary="Reads an endpoint of the management interface as rows.",
    parse=parse,
    run=run,
)
