"""Runs searches: macros out, stages planned from the registry, subsearches answered, rows streamed lazily.

Errors carry places in the text as written: macro expansions and subsearch answers are mapped back here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from typing import Any

from understudy.spl import subsearch
from understudy.spl.commands.fieldformat import formatted
from understudy.spl.commands.search import PICKER
from understudy.spl.errors import RuntimeSplError, SplError, SplSyntaxError, UnsupportedError
from understudy.spl.lexer import StageText, arguments_of, command_of, split_pipeline, subsearches
from understudy.spl.macros import SourceMap, expand
from understudy.spl.model import Arguments, Context, Row, Stream
from understudy.spl.refusals import instead_of
from understudy.spl.registry import commands

PIPELINE_COMMANDS = frozenset(
    ("append", "appendcols", "appendpipe", "join", "union", "multisearch", "map", "foreach", "set", "diff", "selfjoin")
)
"""Commands whose brackets hold a pipeline of their own; elsewhere brackets are a subsearch whose answer is text."""
ANYWHERE = frozenset(("search", "union", "append", "inputlookup", "tstats", "from", "inputcsv", "savedsearch"))
"""Generating commands that may stand later too; the command itself says when (`append=true`)."""
FIRST_TOO = frozenset(("search", "union", "append", "multisearch", "set", "outputlookup"))
NEEDS_ROWS = "streaming"
"""Commands of this kind have nothing to say without rows; others may lead: `| stats count` makes the row count=0."""
EXPLICIT_SEARCH = re.compile(r"\s*search(?=\s|\Z|\[|\"|\()", re.IGNORECASE)
PATTERN_COMMANDS = frozenset(("rex", "regex"))
"""Commands whose argument may be a regular expression without quotes: its brackets are character classes."""
PLACE_THEIR_OWN = frozenset(("eval", "where"))
"""Commands that put their place into errors themselves: one layer less on the busiest path."""
CENTRALIZED = frozenset(("head", "streamstats"))
"""Streaming commands that need all rows in one place: no part of a distributable streaming search."""
MAX_NESTING = 20
CHECK_EVERY = 512
CHECK_SECONDS = 0.05
WANTS_VALUE = re.compile(r"[=<>+\-*/%.,(]\s*\Z")


@dataclass(frozen=True)
class Stage:
    """One planned command: run is bound to its parsed options."""

    name: str
    position: int
    kind: str
    run: Callable[[Stream, Context], Stream]
    source: SourceMap | None = None
    options: Any = None


def run(search: str, context: Context) -> Stream:
    """Returns the rows of a search. Without a leading pipe it starts with an implied `search`.

    Raises SplError (also while the rows are read) with a position in `search`.
    """
    if not context.search:
        context.search = search
    expansion = expand(search, context)
    with_source = expansion.source
    try:
        stages = plan(expansion.text, 0, context, start="search")
        stream = assemble(stages, Stream(iter(()), first=True), context)
    except SplError as error:
        raise _moved(error, with_source) from error.__cause__
    except RecursionError:
        raise SplSyntaxError("The search is nested too deeply.", 0) from None
    shown = formatted(stream, context)
    return replace(shown, rows=_mapped_rows(shown.rows, with_source, context), first=False)


def run_nested(text: str, position: int, context: Context, rows: Stream | None = None) -> Stream:
    """Returns the rows of the pipeline between brackets; position is the offset of its text in the whole search.

    With rows the pipeline goes on from them; without, its first command must generate (a leading pipe is optional).
    """
    stages = plan(text, position, context, start="nested" if rows is None else "rows")
    return assemble(stages, Stream(iter(()), first=True) if rows is None else rows, context)


def run_text(text: str, position: int, context: Context) -> Stream:
    """Returns the rows of a search text from elsewhere (map, a saved search); its errors point to position."""
    try:
        expansion = expand(text, context)
        stages = plan(expansion.text, 0, context, start="search")
        stream = assemble(stages, Stream(iter(()), first=True), context)
    except SplError as error:
        error.position = position
        raise
    return replace(stream, rows=_fixed_position(stream.rows, position), first=False)


def check(search: str, context: Context) -> list[str]:
    """Returns the command names of a search after parsing all of it, nested pipelines too, without running anything."""
    expansion = expand(search, context)
    try:
        return [stage.name for stage in plan(expansion.text, 0, context, start="search", dry=True)]
    except SplError as error:
        raise _moved(error, expansion.source) from error.__cause__


def is_streaming(text: str, position: int, context: Context) -> bool:
    """Whether a nested pipeline works row by row only, after the search that feeds it."""
    stages = plan(text, position, context, start="nested", dry=True)
    return all(
        (stage.kind == "streaming" and stage.name not in CENTRALIZED) or stage.name == "search" for stage in stages
    )


def _moved(error: SplError, source: SourceMap) -> SplError:
    if error.position is not None:
        error.position = source.origin(error.position)
    return error


def _mapped_rows(rows: Iterator[Row], source: SourceMap, context: Context) -> Iterator[Row]:
    try:
        for number, row in enumerate(rows):
            if number % CHECK_EVERY == 0:
                check_cancelled(context)
            yield row
    except SplError as error:
        raise _moved(error, source) from error.__cause__
    except RecursionError:
        raise RuntimeSplError("The search is nested too deeply.", 0) from None


def _fixed_position(rows: Iterator[Row], position: int) -> Iterator[Row]:
    try:
        yield from rows
    except SplError as error:
        error.position = position
        raise


def check_cancelled(context: Context) -> None:
    """Raises RuntimeSplError when the search was cancelled."""
    if context.cancelled():
        raise RuntimeSplError("The search was cancelled.")


def _watched(rows: Iterator[Row], context: Context) -> Iterator[Row]:
    """Yields the rows, and looks between batches of them whether the search is to stop or wait.

    A batch holds what takes about CHECK_SECONDS, since a row may cost a microsecond or a second.
    """
    size = 1
    while True:
        started = time.monotonic()
        batch = islice(rows, size)
        for row in batch:
            check_cancelled(context)
            if context.finalized():
                return
            yield row
            break
        else:
            return
        yield from batch
        if time.monotonic() - started < CHECK_SECONDS:
            size = min(size * 2, CHECK_EVERY)
        else:
            size = max(size // 2, 1)


def assemble(stages: list[Stage], stream: Stream, context: Context) -> Stream:
    """Returns the stream behind the last stage; rows are read when they are asked for, where commands allow it."""
    answered = 0
    for number, stage in enumerate(stages):
        check_cancelled(context)
        if 0 < number <= answered:
            continue
        try:
            stream = stage.run(stream, context)
            if number == 0 and stream.leaf is not None:
                found = context.events.pushed(stream.leaf, stages[1:], context)
                answered, stream = (0, replace(stream, leaf=None)) if found is None else found
        except SplError as error:
            raise _placed(error, stage) from error.__cause__
        if stage.source is not None or stage.name not in PLACE_THEIR_OWN:
            stream = replace(stream, rows=_mapped_stage(stream.rows, stage))
        if number == 0:
            stream = replace(stream, rows=_watched(stream.rows, context))
    return stream


def _placed(error: SplError, stage: Stage) -> SplError:
    if error.position is None:
        error.position = stage.position
    elif stage.source is not None:
        error.position = stage.source.origin(error.position)
    return error


def _mapped_stage(rows: Iterator[Row], stage: Stage) -> Iterator[Row]:
    try:
        yield from rows
    except SplError as error:
        raise _placed(error, stage) from error.__cause__


def plan(text: str, position: int, context: Context, *, start: str, dry: bool = False) -> list[Stage]:
    """Returns the stages of a pipeline's text.

    start: search (implied `search` when no pipe leads), nested (between brackets: a command name leads) or rows (goes
    on from given rows). dry: subsearches are parsed, and stand-in text takes their place. Raises SplError.
    """
    texts = split_pipeline(text, position)
    if not any(stage.text.strip() for stage in texts):
        raise SplSyntaxError("The search is empty.", position)
    stages: list[Stage] = []
    first, rest = texts[0], texts[1:]
    if first.text.strip():
        if start == "search" and EXPLICIT_SEARCH.match(first.text) is None:
            stages.append(_stage("search", first.position, first.text, first.position, context, dry))
        else:
            rest = texts
    for stage in rest:
        name, name_position, arguments, arguments_position = command_of(stage)
        stages.append(_stage(name, name_position, arguments, arguments_position, context, dry))
    _check_places(stages, start)
    return stages


def _check_places(stages: list[Stage], start: str) -> None:
    for number, stage in enumerate(stages):
        leads = number == 0 and start != "rows"
        if leads and stage.kind == NEEDS_ROWS and stage.name not in FIRST_TOO:
            raise SplSyntaxError(
                f"Error in '{stage.name}' command: it cannot be the first command of a search.", stage.position
            )
        if not leads and stage.kind == "generating" and stage.name not in ANYWHERE:
            raise SplSyntaxError(
                f"Error in '{stage.name}' command: it must be the first command of a search.", stage.position
            )


def _stage(name: str, name_position: int, text: str, position: int, context: Context, dry: bool) -> Stage:
    known = commands()
    command = known.get(name) or known.get(name.lower())
    custom = context.knowledge.custom_command(name) if command is None else None
    if command is None and custom is None:
        close = get_close_matches(name.lower(), known, 1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        message = instead_of(name.lower()) or f"Unknown search command '{name}'.{hint}"
        raise UnsupportedError(message, name_position)
    source: SourceMap | None = None
    pipeline = command is not None and command.name in PIPELINE_COMMANDS
    if "[" in text:
        if pipeline:
            _check_nested(text, position, context, command.name if command else name, dry)
        else:
            text, source = _answered(text, position, context, dry, patterns=name.lower() in PATTERN_COMMANDS)
    try:
        arguments = arguments_of(name, text, position)
        if command is not None:
            options = command.parse(arguments)
            chosen = command
            return Stage(
                command.name,
                name_position,
                command.kind,
                lambda stream, ctx: chosen.run(options, stream, ctx),
                source,
                options,
            )
    except SplError as error:
        if error.position is None:
            error.position = name_position
        elif source is not None:
            error.position = source.origin(error.position)
        raise
    assert custom is not None
    runner, generating = custom, custom.generating
    allowed = context.capabilities is None or "run_custom_command" in context.capabilities
    if not allowed:
        raise RuntimeSplError(f"You may not run custom commands, so not '{name}' either.", name_position)
    return Stage(
        name,
        name_position,
        "generating" if generating else "custom",
        lambda stream, ctx: runner.run(arguments, stream, ctx),
        source,
    )


def _check_nested(text: str, position: int, context: Context, name: str, dry: bool) -> None:
    if not dry or name in ("foreach", "map"):
        return
    for begin, end in subsearches(text, position):
        inner = text[begin + 1 : end - 1]
        start = "rows" if name == "appendpipe" else "nested"
        plan(inner, position + begin + 1, _deeper(context, position + begin), start=start, dry=True)


def _deeper(context: Context, position: int) -> Context:
    depth = int(context.session.get("subsearch_depth", 0)) + 1
    if depth > MAX_NESTING:
        raise SplSyntaxError(f"Subsearches are nested deeper than {MAX_NESTING}.", position)
    session = {**context.session, "subsearch_depth": depth}
    earliest, latest = session.pop(PICKER, (context.earliest, context.latest))
    return replace(context, earliest=earliest, latest=latest, session=session)


def is_character_class(text: str, begin: int, end: int) -> bool:
    """Whether brackets in a regular expression are no subsearch, which stands alone and begins with a command."""
    alone = not text[:begin][-1:].strip() and not text[end : end + 1].strip()
    led = re.match(r"\s*(\||\w+(?=\s))", text[begin + 1 : end - 1])
    return not (alone and led is not None and (led[1] == "|" or led[1].lower() in commands()))


def _answered(text: str, position: int, context: Context, dry: bool, patterns: bool) -> tuple[str, SourceMap]:
    """Returns the text with each subsearch replaced by its answer, and the map back to the text as it was."""
    pieces: list[str] = []
    source = SourceMap()
    length = kept = 0
    for start, end in subsearches(text, position):
        if patterns and is_character_class(text, start, end):
            continue
        inner, inner_position = text[start + 1 : end - 1], position + start + 1
        deeper = _deeper(context, position + start)
        if dry:
            plan(inner, inner_position, deeper, start="nested", dry=True)
            answer = "1" if WANTS_VALUE.search(text[max(0, start - 20) : start]) else "(subsearch=1)"
        else:
            try:
                answer = subsearch.answer(run_nested(inner, inner_position, deeper), context)
            except RuntimeSplError as error:
                place = position + start if error.position is None else error.position
                raise RuntimeSplError(error.message, place) from None
        source.add(position + length, position + kept, True)
        pieces.append(text[kept:start])
        length += start - kept
        source.add(position + length, position + start, False)
        pieces.append(answer)
        length += len(answer)
        kept = end
    source.add(position + length, position + kept, True)
    pieces.append(text[kept:])
    return "".join(pieces), source


def stage_texts(search: str) -> list[StageText]:
    """Returns the stages of a search text as written, for display."""
    return split_pipeline(search)


def nested_context(context: Context, arguments: Arguments | None = None) -> Context:
    """Returns the context of a nested pipeline: one level deeper, the same messages."""
    return _deeper(context, arguments.position if arguments is not None else 0)
