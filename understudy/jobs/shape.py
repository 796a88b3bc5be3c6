"""What a search's text says about its job: whether it makes a table, waits for all rows, writes, and reads events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.protocol.chunked import ChunkedCommand
from understudy.spl.engine import EXPLICIT_SEARCH, PATTERN_COMMANDS, is_character_class
from understudy.spl.errors import SplError
from understudy.spl.lexer import StageText, blank_comments, command_of, split_pipeline, subsearches
from understudy.spl.macros import expand
from understudy.spl.model import Context
from understudy.spl.registry import Command, commands

_TABLES = {
    "tstats",
    "makeresults",
    "inputlookup",
    "metadata",
    "eventcount",
    "rest",
    "gentimes",
    "savedsearch",
    "loadjob",
}
_FLOWING = frozenset(("search", "table"))
"""Commands of another kind than `streaming` whose rows come out as they go in."""
_HIDING = frozenset(("savedsearch",))
"""Commands that run a search whose commands do not stand in the text."""
_BRANCHING = frozenset(("multisearch", "union"))


@dataclass(frozen=True)
class Shape:
    """transforming: results are a table; blocking: rows come at the end only; events: the text before the first
    command that makes a table or waits ("" = the text cannot be run again); repeatable: running it again changes
    nothing but what it answers; branches: its events are read in brackets, one level down.
    """

    transforming: bool = False
    blocking: bool = False
    events: str = ""
    report: str = ""
    repeatable: bool = False
    branches: bool = False


def shape_of(search: str, context: Context) -> Shape:
    """Returns the shape of a search, its macros expanded. Text that cannot be split is not one: its run says why."""
    try:
        text = blank_comments(expand(search, context).text)
        stages = split_pipeline(text)
        names = list(_names(text, "search"))
    except (SplError, RecursionError):
        return Shape()
    known = commands()
    cut: StageText | None = None
    transforming = blocking = False
    for stage in [stage for stage in stages[1:] if stage.text.strip()]:
        name = _name(stage)
        command = known.get(name)
        tables = _reports(name, context) if command is None else command.kind == "transforming"
        transforming = transforming or name in _TABLES or tables
        blocking = blocking or (name not in _TABLES and command is not None and not _flows(command))
        if cut is None and (transforming or blocking):
            cut = stage
    repeatable = all(name in known and not known[name].risky and name not in _HIDING for name in names)
    before = text if cut is None else text[: max(0, cut.position - 1)]
    return Shape(
        transforming,
        blocking,
        events=before.strip() if repeatable else "",
        report="" if cut is None else text[cut.position :].strip(),
        repeatable=repeatable,
        branches=bool(names) and names[0] in _BRANCHING,
    )


def _reports(name: str, context: Context) -> bool:
    """Whether an app's command makes a table; one that cannot be asked does not, and its run says why."""
    try:
        custom = context.knowledge.custom_command(name) if name else None
        return isinstance(custom, ChunkedCommand) and custom.reporting
    except SplError:
        return False


def _flows(command: Command) -> bool:
    return command.kind in ("streaming", "generating") or command.name in _FLOWING


def _name(stage: StageText) -> str:
    try:
        return command_of(stage)[0].lower()
    except SplError:
        return ""


def _names(text: str, start: str) -> Iterator[str]:
    """Yields the commands of a pipeline and of those in its brackets; "" for text that no command leads."""
    for number, stage in enumerate(split_pipeline(text)):
        if not stage.text.strip():
            continue
        implied = number == 0 and start == "search" and EXPLICIT_SEARCH.match(stage.text) is None
        name = "search" if implied else _name(stage)
        yield name
        for begin, end in subsearches(stage.text):
            if name in PATTERN_COMMANDS and is_character_class(stage.text, begin, end):
                continue
            yield from _names(stage.text[begin + 1 : end - 1], "nested")
