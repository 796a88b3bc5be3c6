"""savedsearch: runs a saved search by name, with values for its `$name$` places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from understudy.spl import times
from understudy.spl.errors import MissingError, SplSyntaxError
from understudy.spl.model import Arguments, Context, Stream
from understudy.spl.registry import Command

PLACE = re.compile(r"\$([^\s$\"|\[\]]+)\$")


@dataclass(frozen=True)
class Options:
    name: str
    values: Mapping[str, str]
    substitute: bool
    position: int


def parse(arguments: Arguments) -> Options:
    tokens = list(arguments.tokens)
    if not tokens or tokens[0].kind not in ("word", "string"):
        raise SplSyntaxError("'savedsearch' needs the name of a saved search.", arguments.position)
    values: dict[str, str] = {}
    index = 1
    while index < len(tokens):
        if index + 2 >= len(tokens) or tokens[index + 1].text != "=":
            message = f"'{tokens[index].raw}' is not expected in the arguments of 'savedsearch'."
            raise SplSyntaxError(message, tokens[index].position)
        values[tokens[index].text] = tokens[index + 2].text
        index += 3
    substitute = values.pop("nosubstitution", "false").lower() not in ("true", "t", "1")
    return Options(tokens[0].text, values, substitute, tokens[0].position)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    from understudy.spl import engine

    saved = context.knowledge.saved_search(options.name)
    if saved is None:
        raise MissingError(f"saved search '{options.name}' not found", options.position)
    text = saved.search
    if options.substitute:
        text = PLACE.sub(lambda found: options.values.get(found.group(1), found.group()), text)
    nested = engine.nested_context(context)
    if context.earliest is None and context.latest is None:
        # all time in the picker: the saved range holds; any other range of the picker wins over it
        nested = replace(
            nested,
            earliest=_time(saved.earliest, context),
            latest=_time(saved.latest, context),
        )
    return engine.run_text(text, options.position, nested)


def _time(text: str, context: Context) -> float | None:
    if not text.strip() or text.strip() == "0":
        return None
    return times.parse_modifier(text, context.now, context.zone)


COMMAND = Command(
    name="savedsearch",
    kind="generating",
    syntax="savedsearch <name> (<key>=<value>)* (nosubstitution=<bool>)?",
    summary="Runs a saved search by name.",
    parse=parse,
    run=run,
    aliases=("savedsplunk", "macro"),
)
