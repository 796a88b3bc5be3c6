"""rest: reads an endpoint of the management interface as rows."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.registry import Command
from understudy.spl.values import truth

LOCAL = ("splunk_server", "splunk_server_group", "timeout")


@dataclass(frozen=True)
class Options:
    path: str
    count: int
    strict: bool
    parameters: Mapping[str, str]


def parse(arguments: Arguments) -> Options:
    path = ""
    parameters: dict[str, str] = {}
    tokens = list(arguments.tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if index + 2 < len(tokens) and tokens[index + 1].text == "=" and tokens[index + 1].kind == "punct":
            parameters[token.text] = tokens[index + 2].text
            index += 3
            continue
        if path or token.kind not in ("word", "string"):
            raise SplSyntaxError(f"'{token.raw}' is not expected in the arguments of 'rest'.", token.position)
        path = token.text
        index += 1
    if not path.startswith("/"):
        raise SplSyntaxError("'rest' needs a path such as /services/search/jobs.", arguments.position)
    count_text = parameters.pop("count", "0")
    strict_text = parameters.pop("strict", "false")
    strict = truth(strict_text)
    if not count_text.isdigit() or strict is None:
        raise SplSyntaxError("'rest' takes count=<whole number> and strict=<bool>.", arguments.position)
    kept = {name: value for name, value in parameters.items() if name not in LOCAL}
    return Options(path, int(count_text), strict, kept)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    rows = context.knowledge.rest(options.path, {**options.parameters, "count": str(options.count)})
    return Stream(islice(rows, min(options.count, sys.maxsize)) if options.count else rows)


COMMAND = Command(
    name="rest",
    kind="generating",
    syntax="rest <path> (count=<int>)? (strict=<bool>)? (timeout=<int>)? (splunk_server=<name>)? (<name>=<value>)*",
    summary="Reads an endpoint of the management interface as rows.",
    parse=parse,
    run=run,
)
